"""Booking an approved batch: some transfers a transaction, so that whatever dies in between leaves
each of them booked once or not at all, and the next worker goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.ledger.fields import Leg, Posting
from portal.ledger.selectors import amounts_of
from portal.ledger.services import Place, open_accounts, post_many
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from portal.payouts.models import Batch, Item
from portal.payouts.selectors import standings
from portal.payouts.services.batches import change_status, lock_batch
from portal.payouts.services.parts import write_parts
from portal.payouts.services.requests import end_requests
from portal.payouts.states import CAUSE, CHUNK, BatchStatus, ItemStatus, Readiness

NOT_ENOUGH = gettext_noop("The money is no longer there.")
NOT_READY = gettext_noop("The party cannot be paid to this account any more.")


@transaction.atomic
def approve_some(actor: Actor, *, batch: Batch, most: int = CHUNK) -> int:
    """Book the next transfers of a batch that is being approved; how many were looked at. Never
    more than is available: the parties are locked, so nobody else takes it meanwhile."""
    rows = Item.objects.select_for_update(of=("self",), no_key=True).filter(
        batch=batch, status=ItemStatus.PLANNED, batch__status=BatchStatus.APPROVING
    )
    items = list(rows.select_related("batch").order_by("pk")[:most])
    _lock_parties({item.party_id for item in items})
    kept = list(_kept(items, batch.route))
    money = [item for item in kept if item.debt_id is None]
    post_many(actor, postings=_postings(actor, money))
    for item in kept:
        item.status = ItemStatus.PAYING
    write_parts(money)
    bulk.update(items, ["status", "reason"])
    return len(items)


@transaction.atomic
def end_approval(actor: Actor, *, batch: Batch) -> Batch:
    """All of it is booked; the file can be made."""
    batch = lock_batch(batch)
    if batch.status != BatchStatus.APPROVING:
        return batch
    if Item.objects.filter(batch=batch, status=ItemStatus.PAYING).exists():
        change_status(actor, batch, BatchStatus.APPROVED, "book_batch")
    else:
        batch.ended_at = clock.now()
        change_status(actor, batch, BatchStatus.DONE, "book_batch")
    end_requests(actor, batch)
    return batch


def _lock_parties(keys: set[int]) -> None:
    rows = Party.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _kept(items: Sequence[Item], route: str) -> Iterator[Item]:
    """Those that can still be paid; the others say why not."""
    parties = {item.party_id for item in items}
    rest, known = amounts_of(Kind.AVAILABLE, parties), standings(parties)
    for item in items:
        standing = known[item.party_id]
        is_same = standing.account is not None and standing.account.pk == item.account_id
        if not is_same or standing.readiness(route) != Readiness.READY:
            item.status, item.reason = ItemStatus.SHORT, NOT_READY
        elif item.debt_id is None and rest.get(item.party_id, 0) < item.amount_fen:
            item.status, item.reason = ItemStatus.SHORT, NOT_ENOUGH
        else:
            if item.debt_id is None:
                rest[item.party_id] -= item.amount_fen
            yield item


def _postings(actor: Actor, items: Sequence[Item]) -> Iterator[Posting]:
    """From what is available to what is in payment, on the day of the approval."""
    kinds = (Kind.AVAILABLE, Kind.PAYING)
    places = [Place(item.party_id, kind, Track.SETTLED) for item in items for kind in kinds]
    accounts = open_accounts(actor, places=places) if places else {}
    for item in items:
        here, there = (accounts[Place(item.party_id, kind, Track.SETTLED)] for kind in kinds)
        yield Posting(
            key=f"payout/{item.pk}/sent",
            cause_type=CAUSE,
            cause_id=str(item.pk),
            occurred_at=item.batch.approved_at or clock.now(),
            text=f"{item.batch.number} sent",
            legs=[Leg(here, -item.amount_fen, "sent"), Leg(there, item.amount_fen, "sent")],
        )
