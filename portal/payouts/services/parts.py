"""Which statements a transfer pays, the oldest first, and telling them what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Sum
from django.utils.translation import gettext as _

from portal.core import bulk
from portal.core.actor import Actor
from portal.payouts import engine
from portal.payouts.models import Item, Part
from portal.payouts.states import ItemStatus
from portal.settlement.models import Statement
from portal.settlement.services import mark_failed, mark_paid


def write_parts(items: Sequence[Item]) -> None:
    """Of transfers that are being booked. The caller holds their parties' locks."""
    parties = {item.party_id for item in items}
    sources = _sources(parties)
    bulk.insert([part for party in parties for part in _parts_of(party, items, sources)])


def settle_parts(actor: Actor, items: Sequence[Item]) -> None:
    """The bank has answered: what arrived pays the oldest statements of a transfer first; the
    others are told why not."""
    rows = Part.objects.filter(item__in=items).select_related("statement").order_by("statement")
    parts: dict[int, list[Part]] = {}
    for part in rows:
        parts.setdefault(part.item_id, []).append(part)
    for item in items:
        _settle(actor, item, parts.get(item.pk, ()))


def _settle(actor: Actor, item: Item, parts: Sequence[Part]) -> None:
    left, reason = item.paid_fen, item.reason or _("only a part of it arrived")
    for part in parts:
        paid = min(left, part.amount_fen)
        left -= paid
        if paid:
            mark_paid(actor, statement=part.statement, amount_fen=paid, at=item.ended_at)
        if paid < part.amount_fen:
            mark_failed(actor, statement=part.statement, reason=reason)


def _sources(parties: set[int]) -> dict[int, list[tuple[int, int]]]:
    """By party: its statements with what of each is neither paid nor on its way."""
    owed = list(Statement.objects.to_pay().filter(party__in=parties))
    sent = Part.objects.filter(statement__in=owed, item__status=ItemStatus.PAYING)
    rows = sent.order_by().values_list("statement").annotate(sum=Sum("amount_fen"))
    under_way = dict(rows)
    found: dict[int, list[tuple[int, int]]] = {}
    for statement in owed:
        rest = statement.to_pay - under_way.get(statement.pk, 0)
        found.setdefault(statement.party_id, []).append((statement.pk, rest))
    return found


def _parts_of(
    party: int, items: Sequence[Item], sources: dict[int, list[tuple[int, int]]]
) -> Iterator[Part]:
    own = [item for item in items if item.party_id == party]
    amounts = [item.amount_fen for item in own]
    for share in engine.spread(amounts, sources.get(party, ())):
        yield Part(item=own[share.transfer], statement_id=share.source, amount_fen=share.amount)
