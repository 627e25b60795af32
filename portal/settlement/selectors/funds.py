"""A party's page of money: three amounts that are never added up, the statement that is being
agreed, and the way of one order line's money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.core import clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.ledger.fields import month_after, month_of
from portal.ledger.selectors import Balance, balances_of
from portal.ledger.states import Kind, Track
from portal.revenue.models import OrderLine
from portal.revenue.selectors import (
    ShownPreview,
    events_of,
    lines_read_by,
    preview_of_line,
)
from portal.revenue.selectors.previews import ShownLeg
from portal.settlement.models import Statement
from portal.settlement.selectors.coverage import held_since
from portal.settlement.states import WAITING, StatementStatus

Found = Mapping[tuple[str, str], Balance]
SHOWN = ("merchant", "creator", "agency", "provider", "leader", "terms", "feed")


@dataclass(frozen=True, slots=True)
class Amount:
    """One of the three. `tone` of its tag; `track`: how its card is drawn."""

    title: str
    icon: str
    track: str
    fen: int
    tag: str
    tone: str
    note: str
    url: str

    @property
    def is_short(self) -> bool:
        return self.fen < 0


@dataclass(frozen=True, slots=True)
class AccountRow:
    label: str
    fen: int
    url: str
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What a statement comes to: its total, what open disputes took of it since, the rest that an
    approval makes payable, and what is carried on."""

    total: int
    held: int
    lines: int
    payable: int
    carried: int
    is_final: bool


@dataclass(frozen=True, slots=True)
class LineFlow:
    """`ours`: the party's own parts, with their formulas."""

    line: OrderLine
    preview: ShownPreview | None
    ours: Sequence[ShownLeg]
    moved: Sequence[tuple[Any, Any]]
    amount: int


def amounts_of(party_id: int, statement: Statement | None) -> list[Amount]:
    found = {(one.kind, one.track): one for one in balances_of(party_id)}
    return [_available(found), _pending(found, statement), _estimated(found)]


def accounts_of(party_id: int) -> list[AccountRow]:
    """Each with its running balance behind the link."""
    return [
        AccountRow(
            f"{Kind(one.kind).label} · {Track(one.track).label}",
            one.amount,
            reverse("money_statement", args=[one.account_id]),
            one.track == Track.ESTIMATED,
        )
        for one in balances_of(party_id)
    ]


def current_statement(actor: Actor) -> Statement | None:
    """The last one that was sent to the party."""
    own = Statement.objects.filter(party=actor.party_id)
    return own.visible_to(actor).whole().order_by("-pk").first()


def first_statement_in() -> date:
    """The month in whose first days the first one comes."""
    return month_after(month_of(clock.now()))


def due_of(statement: Statement) -> Due:
    if statement.status not in WAITING:
        return Due(statement.total, 0, 0, statement.released, statement.carried_out, True)
    run = statement.run
    after = run.month if run.is_monthly else run.after_month
    held = held_since([statement.party_id], after).get(statement.party_id, 0)
    lines = statement.disputes.open().values_list("lines").count() if held else 0
    payable = max(statement.total - held, 0)
    return Due(statement.total, held, lines, payable, statement.total - payable, False)


def flow_of_line(actor: Actor, key: int) -> LineFlow | None:
    """Where the money of a line went; nothing where it is not the party's."""
    line = lines_read_by(actor).select_related(*SHOWN).filter(pk=key).first()
    if line is None:
        return None
    preview = preview_of_line(actor, line)
    legs = preview.legs if preview else ()
    names = {party.name for party in _parties(line) if actor.speaks_for(party.pk)}
    ours = [leg for leg in legs if leg.party in names]
    moved = [
        (shown.event, one)
        for shown in events_of(actor, line)
        for one in shown.moved
        if one.party in names
    ]
    return LineFlow(
        line=line,
        preview=preview,
        ours=ours,
        moved=moved,
        amount=sum(leg.amount for leg in ours),
    )


def _parties(line: OrderLine) -> Iterator[Any]:
    roles = (line.merchant, line.creator, line.agency, line.provider, line.leader)
    yield from (party for party in roles if party is not None)


def _fen(found: Found, kind: str, track: str = Track.SETTLED) -> int:
    known = found.get((kind, track))
    return known.amount if known else 0


def _url(found: Found, kind: str, track: str = Track.SETTLED) -> str:
    known = found.get((kind, track))
    return reverse("money_statement", args=[known.account_id]) if known else ""


def _available(found: Found) -> Amount:
    fen, paying = _fen(found, Kind.AVAILABLE), _fen(found, Kind.PAYING)
    note = _("Of approved statements: the next payout takes the oldest first.")
    if paying:
        note = _("%(amount)s more is on its way to your account.") % {"amount": Money(paying)}
    return Amount(
        title=pgettext("money", "Available"),
        icon="circle-check",
        track="pay",
        fen=fen,
        tag=pgettext("settlement", "Approved") if fen > 0 else "",
        tone="ok",
        note=_said(fen, note),
        url=_url(found, Kind.AVAILABLE),
    )


def _pending(found: Found, statement: Statement | None) -> Amount:
    fen, waits = _fen(found, Kind.SHARE), statement is not None and statement.status in WAITING
    return Amount(
        title=pgettext("money", "Pending"),
        icon="file-invoice",
        track="wait",
        fen=fen,
        tag=str(statement.get_status_display()) if statement and waits else "",
        tone=statement.tone if statement and waits else "",
        note=_said(fen, " ".join(_of_pending(found, statement if waits else None))),
        url=_url(found, Kind.SHARE),
    )


def _of_pending(found: Found, waiting: Statement | None) -> Iterator[str]:
    held = _fen(found, Kind.HELD)
    if waiting is not None:
        yield _on_statement(waiting)
    if held:
        yield _("%(amount)s is held by disputes beside it.") % {"amount": Money(held)}
    if waiting is None and not held:
        yield _("Settled after the return window; the next statement covers it.")


def _on_statement(statement: Statement) -> str:
    sentence = _("%(total)s of it stands on the statement of %(month)s.")
    said = sentence % {"total": Money(statement.total), "month": f"{statement.month:%Y-%m}"}
    if statement.status != StatementStatus.SENT or statement.due_at is None:
        return said
    until = _("Without an answer by %(day)s it counts as agreed.")
    return f"{said} {until % {'day': clock.day_of(statement.due_at).isoformat()}}"


def _estimated(found: Found) -> Amount:
    return Amount(
        title=pgettext("money", "Estimated"),
        icon="hourglass",
        track="est",
        fen=_fen(found, Kind.SHARE, Track.ESTIMATED),
        tag=_("Never payable"),
        tone="est",
        note=_("Paid orders within the return window: refunds make it less. What settles counts."),
        url=_url(found, Kind.SHARE, Track.ESTIMATED),
    )


def _said(fen: int, note: str) -> str:
    if fen < 0:
        return _("More was taken back than is there. It is offset against what comes next.")
    return note
