"""Balances below zero: since when, how old, and what set them off. One runs from the statement that
ends below zero to the last that does; the next one, if there is one, set it off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.ledger.fields import month_of
from portal.settlement.models import Statement

# By whole months since the one it began in.
AGES: tuple[tuple[int, str | Promise], ...] = (
    (1, _("Up to 1 month")),
    (3, _("2–3 months")),
    (6, _("4–6 months")),
)
MOVED = ("earned", "refunded", "true_ups", "onward", "adjusted", "other", "held")
OLDEST = _("Over 6 months")
AGE_TONES = ("", "warn", "bad", "bad")


def runs_below_zero(rows: QuerySet[Statement]) -> QuerySet[Any]:
    """Of these statements the last of each run; `began_fen`: what it began with; `ended`: the month
    whose statement set it off, if one did; `party_name`."""
    last = rows.filter(negative_since__isnull=False).filter(
        Q(next=None) | Q(next__negative_since=None)
    )
    first = Statement.objects.filter(
        party=OuterRef("party"), negative_since=OuterRef("negative_since"), pk__lte=OuterRef("pk")
    )
    return last.select_related("party", "next").annotate(
        began_fen=Subquery(first.order_by("pk").values("total")[:1]),
        party_name=F("party__name"),
    )


def owed_by(row: Statement) -> int:
    """Below zero, or nothing any more."""
    return row.total if ended_in(row) is None else 0


def set_off_of(row: Any) -> int:
    """What later months took off it; below zero: they added to it."""
    return owed_by(row) - int(row.began_fen)


def ended_in(row: Statement) -> date | None:
    after = getattr(row, "next", None)  # a reverse one-to-one that is not there
    return after.month if after is not None else None


def months_below(row: Statement) -> int:
    """Whole months, up to the one that set it off or this one."""
    until = ended_in(row) or month_of(clock.now())
    since = row.negative_since or until
    return max((until.year - since.year) * 12 + until.month - since.month, 0)


def age_of(row: Statement) -> int:
    """Its place in AGES."""
    months = months_below(row)
    return next((at for at, (most, _label) in enumerate(AGES) if months <= most), len(AGES))


def age_label(at: int) -> str | Promise:
    return AGES[at][1] if at < len(AGES) else OLDEST


def below_zero_figures() -> list[dict[str, Any]]:
    """Of those that are below zero now: all together, then by age."""
    rows = Statement.objects.owing().values_list("negative_since", "total")
    sums, counts = [0] * (len(AGES) + 1), [0] * (len(AGES) + 1)
    for since, total in rows.iterator():
        at = age_of(Statement(negative_since=since))
        sums[at], counts[at] = sums[at] + total, counts[at] + 1
    ages = [
        _figure(age_label(at), fen, count)
        for at, (fen, count) in enumerate(zip(sums, counts, strict=True))
    ]
    return [_figure(_("Below zero now"), sum(sums), sum(counts)), *ages]


def _figure(label: str | Promise, fen: int, count: int) -> dict[str, Any]:
    note = _("%(n)s parties")
    return {"label": label, "value": Money(fen).short, "note": str(note) % {"n": count}}


@dataclass(frozen=True, slots=True)
class BelowStep:
    """A statement of the run: what was brought in, what its month moved, what it left."""

    statement: Statement
    came: int
    back: int
    left: int

    @property
    def moved(self) -> int:
        return self.came + self.back


def steps_below_zero(actor: Actor, statement: Statement) -> Sequence[BelowStep]:
    """Of the run that this statement is of, or that it set off; the oldest first."""
    return list(map(_step, _run_of(actor, statement)))


def _run_of(actor: Actor, statement: Statement) -> Iterator[Statement]:
    """As far as the actor is shown them: what was not sent yet, a party does not see."""
    since = statement.negative_since
    if since is None and statement.previous is not None:
        since = statement.previous.negative_since
    if since is None:
        return
    own = Statement.objects.visible_to(actor).filter(party=statement.party_id)
    of = Q(negative_since=since) | Q(previous__negative_since=since)
    yield from own.filter(of).order_by("pk")


def _step(row: Statement) -> BelowStep:
    moved = [getattr(row, name) for name in MOVED]
    came, back = sum(one for one in moved if one > 0), sum(one for one in moved if one < 0)
    return BelowStep(row, came, back, min(row.total, 0))
