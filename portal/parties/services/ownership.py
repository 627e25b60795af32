"""How a party's ownership passes from one colleague to another."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor, system_actor
from portal.parties import rules
from portal.parties.models import Membership, OwnershipOffer, Party, User
from portal.parties.services.speaking import lock_members, tell_member
from portal.parties.states import OfferStatus, Role

OFFER_DAYS = 7


@transaction.atomic
def offer_ownership(actor: Actor, *, party: Party, person: User) -> OwnershipOffer:
    """Offer the party to a colleague, who has seven days to accept."""
    actor = lock_members(actor, party)
    expire_offers(OwnershipOffer.objects.filter(party=party))
    rules.can_offer_ownership(actor, party).require()
    rules.can_take_ownership(party, person).require()
    now = clock.now()
    offer = OwnershipOffer.objects.create(
        party=party,
        giver=Membership.objects.get(party=party, role=Role.OWNER).user,
        taker=person,
        created_at=now,
        expires_at=now + timedelta(days=OFFER_DAYS),
    )
    audit.record(actor, "offer_ownership", party, after={"user": person.pk})
    tell_member(
        person,
        party,
        event="ownership.offered",
        sentence=gettext_noop("%(person)s offers you the ownership of %(party)s."),
        params={"person": str(offer.giver), "party": party.name},
    )
    return offer


@transaction.atomic
def withdraw_ownership(actor: Actor, *, offer: OwnershipOffer) -> None:
    """The owner thinks better of it."""
    actor, offer = _lock_offer(actor, offer)
    rules.can_withdraw_ownership(actor, offer).require()
    _end_offer(offer, OfferStatus.WITHDRAWN)
    audit.record(actor, "withdraw_ownership", offer.party)


@transaction.atomic
def accept_ownership(actor: Actor, *, offer: OwnershipOffer) -> Party:
    """The colleague becomes the owner, the owner a manager, in one step."""
    actor, offer = _lock_offer(actor, offer)
    rules.can_answer_ownership(actor, offer).require()
    rules.can_take_ownership(offer.party, offer.taker).require()
    party = offer.party
    _end_offer(offer, OfferStatus.ACCEPTED)
    # First out, then in: at no moment are there two, and none is seen before the commit.
    now = clock.now()
    of_party = Membership.objects.filter(party=party)
    of_party.filter(role=Role.OWNER).update(role=Role.MANAGER, role_since=now)
    of_party.filter(user=offer.taker).update(role=Role.OWNER, role_since=now)
    audit.record(
        actor,
        "accept_ownership",
        party,
        before={"owner": offer.giver_id},
        after={"owner": offer.taker_id},
    )
    tell_member(
        offer.giver,
        party,
        event="ownership.accepted",
        sentence=gettext_noop("%(person)s is now the owner of %(party)s; you are a manager."),
        params={"person": str(offer.taker), "party": party.name},
    )
    return party


@transaction.atomic
def decline_ownership(actor: Actor, *, offer: OwnershipOffer) -> None:
    """The colleague does not want it; the owner stays."""
    actor, offer = _lock_offer(actor, offer)
    rules.can_answer_ownership(actor, offer).require()
    _end_offer(offer, OfferStatus.DECLINED)
    audit.record(actor, "decline_ownership", offer.party)
    tell_member(
        offer.giver,
        offer.party,
        event="ownership.declined",
        sentence=gettext_noop("%(person)s declined the ownership of %(party)s."),
        params={"person": str(offer.taker), "party": offer.party.name},
    )


def expire_offers(offers: QuerySet[OwnershipOffer]) -> int:
    """End those among them that nobody answered in time; how many."""
    late = offers.filter(status=OfferStatus.PENDING, expires_at__lte=clock.now())
    rows = late.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related(
        "party"
    )
    for offer in (expired := list(rows)):
        _end_offer(offer, OfferStatus.EXPIRED)
        audit.record(system_actor("task"), "expire_ownershipoffer", offer.party)
    return len(expired)


def end_offers(party: Party, *, taker: User) -> None:
    """Somebody whose place changed is offered nothing any more."""
    for offer in OwnershipOffer.objects.pending().filter(party=party, taker=taker):
        _end_offer(offer, OfferStatus.WITHDRAWN)


def _lock_offer(actor: Actor, offer: OwnershipOffer) -> tuple[Actor, OwnershipOffer]:
    actor = lock_members(actor, offer.party)
    rows = OwnershipOffer.objects.select_for_update(of=("self",), no_key=True)
    return actor, rows.select_related("party", "giver", "taker").get(pk=offer.pk)


def _end_offer(offer: OwnershipOffer, status: OfferStatus) -> None:
    assert rules.may_end_as(offer.status, status)
    offer.status, offer.ended_at = status, clock.now()
    offer.save(update_fields=["status", "ended_at"])
