"""What the bank says of transfers: each answer is booked once, however often it is brought in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.verdict import flawless
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post_many
from portal.ledger.states import Kind, Track
from portal.payouts import rules
from portal.payouts.fields import ResultFields
from portal.payouts.models import Batch, Item
from portal.payouts.services.batches import change_status, lock_batch
from portal.payouts.services.parts import settle_parts
from portal.payouts.services.telling import payees_of, tell_people
from portal.payouts.states import CAUSE, BatchStatus, ItemStatus, Route

Answer = tuple[Item, ResultFields]
CHANGED = ("status", "paid_fen", "reference", "reason", "ended_at")


@transaction.atomic
def record_results(actor: Actor, *, results: Sequence[ResultFields]) -> int:
    """All of them, or none: an answer that cannot be true refuses the whole. How many were new."""
    rules.can_import_results(actor).require()
    new = list(_new(results))
    post_many(actor, postings=_postings(actor, new))
    for item, said in new:
        item.status, item.paid_fen = ItemStatus(said.status), _arrived(said)
        item.reference, item.reason = said.reference.strip(), said.reason.strip()
        item.ended_at = _moment(item, said)
    items = [item for item, _said in new]
    bulk.update(items, CHANGED)
    settle_parts(actor, items)
    _write_down(actor, items)
    _tell(items)
    _end_batches(actor, {item.batch_id: item.batch for item, _said in new})
    return len(new)


def found_items(results: Sequence[ResultFields]) -> dict[tuple[str, str], Item]:
    """By batch and key; without a lock, for the dry run."""
    rows = Item.objects.filter(
        batch__number__in={one.batch for one in results}, key__in={one.key for one in results}
    ).select_related("batch", "party", "account")
    return {(item.batch.number, item.key): item for item in rows}


def _new(results: Sequence[ResultFields]) -> Iterator[Answer]:
    known = found_items(results)
    rows = Item.objects.select_for_update(of=("self",), no_key=True)
    keys = [item.pk for item in known.values()]
    locked = {item.pk: item for item in rows.filter(pk__in=keys).order_by("pk")}
    seen: set[int] = set()
    for said in results:
        item = known.get((said.batch, said.key))
        if item is not None:
            item.status, item.paid_fen = locked[item.pk].status, locked[item.pk].paid_fen
        flawless(rules.flaws_of_result(item, said)).require()
        assert item is not None  # a flaw above
        if not rules.is_known(item, said) and item.pk not in seen:
            seen.add(item.pk)
            yield item, said


def _arrived(said: ResultFields) -> int:
    return 0 if ItemStatus(said.status) == ItemStatus.REJECTED else said.amount_fen


def _postings(actor: Actor, answers: Sequence[Answer]) -> Iterator[Posting]:
    places = [place for item, _said in answers for place in _places(item)]
    accounts = open_accounts(actor, places=places) if places else {}
    for item, said in answers:
        way, outside, back = (accounts[place] for place in _places(item))
        arrived = _arrived(said)
        # What was returned of a debt stays owed: it is on its way until it has arrived.
        returned = item.amount_fen - arrived if item.debt_id is None else 0
        legs = [Leg(way, -arrived - returned, "sent")]
        legs += [Leg(outside, arrived, "arrived")] if arrived else []
        legs += [Leg(back, returned, "returned")] if returned else []
        if len(legs) > 1:
            yield Posting(
                key=f"payout/{item.pk}/{said.status}",
                cause_type=CAUSE,
                cause_id=str(item.pk),
                occurred_at=_moment(item, said),
                text=f"{item.batch.number} {said.status}",
                legs=legs,
            )


def _places(item: Item) -> tuple[Place, Place, Place]:
    """On its way; outside; and where it goes back to."""
    is_own = item.batch.route == Route.DIRECT
    outside = Kind.CUSTODY if is_own else Kind.CLEARING
    return (
        Place(item.party_id, Kind.PAYING, Track.SETTLED),
        Place(None, outside, Track.SETTLED),
        Place(item.party_id, Kind.AVAILABLE, Track.SETTLED),
    )


def _moment(item: Item, said: ResultFields) -> datetime:
    """On the day the bank says; not before it was sent, and the same however often it is asked."""
    noon = datetime.combine(said.on, time(12), clock.SHANGHAI)
    return min(max(noon, item.batch.sent_at or noon), clock.now())


def _end_batches(actor: Actor, batches: dict[object, Batch]) -> None:
    for key in sorted(batches, key=str):
        batch = lock_batch(batches[key])
        waiting = Item.objects.filter(batch=batch, status=ItemStatus.PAYING)
        if batch.status == BatchStatus.SENT and not waiting.exists():
            batch.ended_at = clock.now()
            change_status(actor, batch, BatchStatus.DONE, "end_batch")


VERBS = {
    ItemStatus.PAID: "pay_transfer",
    ItemStatus.PARTIAL: "part_transfer",
    ItemStatus.REJECTED: "return_transfer",
}


def _write_down(actor: Actor, items: Sequence[Item]) -> None:
    now = clock.now()
    audit.record_many(
        [
            audit.entry(
                actor,
                VERBS[ItemStatus(item.status)],
                item,
                at=now,
                before={"status": ItemStatus.PAYING},
                after={"status": item.status, "paid_fen": item.paid_fen},
                why=item.reason,
            )
            for item in items
        ]
    )
    for item in items:
        audit.tell(actor, VERBS[ItemStatus(item.status)], item)


SENTENCES = {
    ItemStatus.PAID: gettext_noop("%(paid)s arrived on the account ending in %(last4)s."),
    ItemStatus.PARTIAL: gettext_noop(
        "%(paid)s of %(amount)s arrived on the account ending in %(last4)s; the rest is "
        "available again."
    ),
    ItemStatus.REJECTED: gettext_noop(
        "The bank returned %(amount)s to the account ending in %(last4)s: %(reason)s. Look at "
        "your account; the money is tried again with the next batch."
    ),
}


def _tell(items: Sequence[Item]) -> None:
    people = payees_of({item.party_id for item in items})
    for item in items:
        tell_people(
            people.get(item.party_id, ()),
            item.party,
            event=f"transfer.{item.status}",
            key=f"transfer-{item.status}:{item.pk}",
            sentence=SENTENCES[ItemStatus(item.status)],
            params={
                "paid": Money(item.paid_fen).short,
                "amount": Money(item.amount_fen).short,
                "last4": item.account.last4,
                "reason": item.reason[:150],
            },
            url=item.get_absolute_url(),
        )
