"""Payouts, as the search shows them: a party's own transfers; batches to finance."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import day, money
from portal.ledger.rules import can_see_money
from portal.payouts import rules
from portal.payouts.models import Batch, Item
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.said import Said


def _may_read_own(actor: Actor) -> bool:
    return actor.party is not None and bool(can_see_money(actor))


def _payout(_actor: Actor, row: Item) -> Hit:
    said = (money(row.amount_fen), str(row.get_status_display()), row.batch.purpose)
    return Hit(row.batch.number, row.get_absolute_url(), " · ".join(said), row.key)


def _by_batch_or_key(actor: Actor, said: Said) -> Iterator[Keys]:
    """By the batch, by its own number, or by the bank's, as it stands on an account's paper."""
    own, word = Item.objects.filter(party=actor.party_id), said.text.upper()
    yield own.filter(batch__number=word).values("pk")
    yield own.filter(key=word).values("pk")
    yield own.filter(reference=said.text).values("pk")


def _may_read_batches(actor: Actor) -> bool:
    return actor.party is None and bool(rules.can_see_batches(actor))


def _batch(_actor: Actor, row: Batch) -> Hit:
    said = (row.purpose, str(row.get_status_display()), day(row.prepared_at))
    return Hit(row.number, row.get_absolute_url(), " · ".join(said))


def _by_number_or_transfer(_actor: Actor, said: Said) -> Iterator[Keys]:
    word = said.text.upper()
    yield Batch.objects.filter(number=word).values("pk")
    yield Item.objects.filter(key=word).values("batch")


register_finder(
    Rows(
        kind="payout",
        title=_("Payouts"),
        icon="coin",
        rank=74,
        model=Item,
        visible=lambda actor: Item.objects.visible_to(actor),
        hit=_payout,
        also=_by_batch_or_key,
        related=("batch",),
        is_for=_may_read_own,
    )
)
register_finder(
    Rows(
        kind="payout_batch",
        title=_("Payout batches"),
        icon="coin",
        rank=74,
        model=Batch,
        visible=lambda actor: Batch.objects.all(),
        hit=_batch,
        also=_by_number_or_transfer,
        order="prepared_at",
        is_for=_may_read_batches,
    )
)
