"""Recording figures and distributions of creators, one or ten thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.activity import rules
from portal.activity.fields import FIGURES, DistributionFields, FiguresFields
from portal.activity.models import Distribution, Figures
from portal.activity.reach import publish_reach_of
from portal.activity.states import Source
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, flawless
from portal.parties.models import Party
from portal.parties.states import PartyKind

MOST_FLAWS = 20


@transaction.atomic
def record_figures(actor: Actor, *, figures: Sequence[FiguresFields], source: Source) -> int:
    """Append what `source` says; what it said of a day in the same words is not said again.
    Returns how many rows were new."""
    _may_record(actor, source, figures, rules.flaws_of_figures)
    said = _said(Figures, figures, source, ())
    new = [
        Figures(
            party_id=row.party_id,
            day=row.day,
            **{name: getattr(row, name) for name in FIGURES},
            **_origin(actor, source),
        )
        for row in figures
        if (old := said.get((row.party_id, row.day))) is None or old.said != _plain(row)
    ]
    return _append(actor, "record_figures", Figures, new, source)


@transaction.atomic
def record_distributions(
    actor: Actor, *, distributions: Sequence[DistributionFields], source: Source
) -> int:
    """The same for how an audience or sales fall into parts."""
    _may_record(actor, source, distributions, rules.flaws_of_distribution)
    said = _said(Distribution, distributions, source, ("kind",))
    new = [
        Distribution(
            party_id=row.party_id,
            kind=row.kind,
            day=row.day,
            parts=_shares(row),
            **_origin(actor, source),
        )
        for row in distributions
        if (old := said.get((row.party_id, row.day, row.kind))) is None or old.parts != _shares(row)
    ]
    return _append(actor, "record_distributions", Distribution, new, source)


def _may_record(
    actor: Actor, source: Source, rows: Sequence[Any], flaws_of: Callable[[Any], Iterable[Flaw]]
) -> None:
    party_ids = {row.party_id for row in rows}
    rules.can_record_figures(actor, source, party_ids).require()
    flaws = list(islice((flaw for row in rows for flaw in flaws_of(row)), MOST_FLAWS))
    flawless(flaws).require()
    known = Party.objects.filter(pk__in=party_ids, kind=PartyKind.CREATOR)
    unknown = party_ids - set(known.values_list("pk", flat=True))
    if unknown:
        ids = ", ".join(str(pk) for pk in sorted(unknown)[:10])
        sentence = _("No creator has this number: %(ids)s.")
        raise Refused(flawless([Flaw("party", sentence % {"ids": ids})]))
    if len({_key(row) for row in rows}) < len(rows):
        raise Refused(flawless([Flaw("day", _("A day stands twice."))]))


def _key(row: Any) -> tuple[Any, ...]:
    return (row.party_id, row.day, getattr(row, "kind", ""))


def _said(
    model: type[Any], rows: Sequence[Any], source: Source, also: Sequence[str]
) -> dict[tuple[Any, ...], Any]:
    """What this source said last of each party and day."""
    earlier = model.objects.filter(
        party__in={row.party_id for row in rows}, day__in={row.day for row in rows}, source=source
    )
    names = ("party_id", "day", *also)
    return {tuple(getattr(row, n) for n in names): row for row in earlier.order_by("id")}


def _origin(actor: Actor, source: Source) -> dict[str, Any]:
    return {"source": source, "recorded_at": clock.now(), "recorded_by_id": actor.user_id}


def _plain(row: FiguresFields) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIGURES}


def _shares(row: DistributionFields) -> dict[str, int]:
    """In the order of the parts; those that are nothing are left out."""
    return {code: row.parts[code] for code in rules.codes_of(row.kind) if row.parts.get(code)}


def _append(actor: Actor, verb: str, model: type[Any], new: Sequence[Any], source: Source) -> int:
    if not new:
        return 0
    bulk.number(new)
    bulk.insert(new)
    parties = {row.party_id for row in new}
    after = {"rows": len(new), "parties": len(parties), "source": source.name}
    audit.record(actor, verb, new[0], after=after)
    publish_reach_of(parties)
    return len(new)
