"""A party asks to be paid; batches take what was asked for, and give back what they leave out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.refusing import refusing
from portal.core.verdict import Refused, conflict
from portal.notices.services import notify
from portal.parties.models import Party, User
from portal.parties.services import lock_party
from portal.payouts import rules, selectors
from portal.payouts.models import Batch, Item, PayoutRequest, PayoutRequestQuerySet
from portal.payouts.services.telling import payees_of, tell_people
from portal.payouts.states import REQUEST_TRANSITIONS, ItemStatus, RequestStatus

BATCH_PAGE, LIST_PAGE = "/payouts/new/", "/money/payouts/"
Requests = Sequence[PayoutRequest]


@transaction.atomic
def request_payout(actor: Actor, *, party: Party) -> PayoutRequest:
    """Of all that is available to it now. Nothing is booked; who prepares batches is told."""
    party = lock_party(party)
    due = selectors.due_of(party)
    rules.can_request_payout(actor, party, due).require()
    assert due is not None  # nothing is refused above
    made = PayoutRequest(
        party=party, amount_fen=due.amount, asked_at=clock.now(), asked_by=actor.user
    )
    twice = conflict(_("You have asked already; the next batch takes it."))
    with refusing({"payout_request_one_stands": twice}):
        made.save(force_insert=True)
    audit.record(actor, "request_payout", made, after={"amount_fen": due.amount})
    _tell_finance(made)
    return made


@transaction.atomic
def withdraw_request(actor: Actor, *, request: PayoutRequest) -> PayoutRequest:
    """While no batch has taken it."""
    party = lock_party(request.party)
    request = PayoutRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    request.party = party
    rules.can_withdraw_request(actor, request).require()
    _change(actor, [request], RequestStatus.WITHDRAWN, "withdraw_payout_request", at=clock.now())
    return request


def take_requests(actor: Actor, batch: Batch, parties: Collection[int]) -> None:
    """Those of the parties that a new batch pays. Within its transaction."""
    rows = _locked().filter(status=RequestStatus.WAITING, party__in=parties)
    taken = list(rows.order_by("pk"))
    for one in taken:
        one.batch = batch
    _change(actor, taken, RequestStatus.TAKEN, "take_payout_request")


def give_back_requests(actor: Actor, batch: Batch) -> None:
    """Its batch was cancelled: they wait for another one."""
    _wait_again(actor, list(_of(batch)))


def end_requests(actor: Actor, batch: Batch) -> None:
    """The batch is booked: what it pays is on its way, what it left out waits again."""
    booked = Item.objects.filter(batch=batch, status=ItemStatus.PAYING, debt=None)
    sums: dict[int, int] = {}
    for party, amount in booked.values_list("party_id", "amount_fen"):
        sums[party] = sums.get(party, 0) + amount
    found = list(_of(batch))
    done = [one for one in found if one.party_id in sums]
    _wait_again(actor, [one for one in found if one.party_id not in sums])
    _change(actor, done, RequestStatus.ON_WAY, "answer_payout_request", at=clock.now())
    _tell_parties(done, sums, batch)


def _wait_again(actor: Actor, requests: Requests) -> None:
    for one in requests:
        one.batch = None
    _change(actor, requests, RequestStatus.WAITING, "give_back_payout_request")


def _change(
    actor: Actor,
    requests: Requests,
    status: RequestStatus,
    verb: str,
    *,
    at: datetime | None = None,
) -> None:
    """The one door. The caller has locked them."""
    for one in requests:
        if status not in REQUEST_TRANSITIONS[one.status]:
            raise Refused(conflict(_("This request has ended.")))
        before, one.status, one.ended_at = one.status, status, at
        after = {"status": status, "batch": one.batch.number if one.batch else None}
        audit.record(actor, verb, one, before={"status": before}, after=after)
    bulk.update(list(requests), ["status", "batch", "ended_at"])


def _of(batch: Batch) -> list[PayoutRequest]:
    rows = _locked().filter(batch=batch, status=RequestStatus.TAKEN)
    return list(rows.select_related("batch", "party").order_by("pk"))


def _locked() -> PayoutRequestQuerySet:
    return PayoutRequest.objects.select_for_update(of=("self",), no_key=True)


def _tell_finance(made: PayoutRequest) -> None:
    people = User.objects.filter(
        is_active=True,
        is_staff=True,
        groups__permissions__codename="prepare_batch",
        groups__permissions__content_type__app_label="payouts",
    )
    notify(
        list(people.distinct().values_list("pk", flat=True)),
        party_id=None,
        event="payout_request.made",
        key=f"payout-request:{made.pk}",
        sentence=gettext_noop("%(party)s asks to be paid %(amount)s."),
        params={"party": made.party.name, "amount": Money(made.amount_fen).short},
        url=BATCH_PAGE,
    )


def _tell_parties(requests: Requests, sums: dict[int, int], batch: Batch) -> None:
    people = payees_of(list(sums)) if requests else {}
    for one in requests:
        tell_people(
            people.get(one.party_id, ()),
            one.party,
            event="payout_request.on_way",
            key=f"payout-on-way:{one.pk}",
            sentence=gettext_noop("%(amount)s you asked for is on its way, in batch %(batch)s."),
            params={"amount": Money(sums[one.party_id]).short, "batch": batch.number},
            url=LIST_PAGE,
        )
