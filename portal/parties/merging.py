"""What becomes of the rows of parties, people and the parts below when two parties become one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.models import AuditEntry, ExportRun, ImportRun, StoredFile
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.moderation.models import Case
from portal.notices.models import ChatBot, Notice, Visit
from portal.notices.services import end_bots_of_party
from portal.parties import states
from portal.parties.merges import Fate, goes, logs, moves, moves_by, register_clash, stays
from portal.parties.models import (
    AgencyProfile,
    ApiKey,
    Claim,
    ClientCase,
    Departure,
    DepartureStatement,
    Document,
    Invitation,
    KeyGrant,
    Listing,
    ListingBefore,
    Membership,
    MembershipScope,
    MerchantProfile,
    OfferChange,
    OwnedAccount,
    OwnershipOffer,
    Party,
    PartyAppeal,
    PartyCategory,
    PartyPicture,
    PayoutAccount,
    ProviderProfile,
    PutAway,
    Rank,
    Reach,
    RealName,
    ReviewAnswer,
    RosterEntry,
    StaffMember,
    Standing,
    Suspension,
)
from portal.parties.states import DocumentStatus, OwnedStatus, Role, RosterStatus

Scoped: Any = MembershipScope.parties.through

moves(Party, "merged_into")  # who went into it before
stays(Party, "sandbox_of")
moves(RosterEntry, "agency", "creator")
moves(Departure, "asked_by")
moves(StaffMember, "party")
moves(ClientCase, "party")
moves(StoredFile, "party_id")
moves(Notice, "party_id")
goes(Visit, "party_id")
moves(Case, "party_id")
stays(DepartureStatement, "party")  # never changed
stays(ReviewAnswer, "party")  # never changed
logs(AuditEntry, "party_id")  # never changed
logs(OfferChange, "party_id")
logs(ListingBefore, "party")
stays(ImportRun, "party_id")
stays(ExportRun, "party_id")
stays(Suspension, "party")
stays(PartyAppeal, "party")
stays(RealName, "party")
stays(ProviderProfile, "party")
stays(Claim, "party")  # the running ones are ended
stays(ApiKey, "party")  # the live ones are revoked
stays(Invitation, "party")  # the open ones are withdrawn
stays(OwnershipOffer, "party")
stays(PayoutAccount, "party")  # the party that stays says itself where it is paid
stays(MerchantProfile, "party")
stays(AgencyProfile, "party")
stays(PartyPicture, "party")  # the party that stays has a face of its own
goes(Reach, "party")
goes(Listing, "party")
goes(Rank, "party")
goes(Standing, "party")
goes(PutAway, "party")


@moves_by(Membership, "party")
def move_members(survivor: Party, absorbed: Party) -> None:
    """The people of a verified party come along. Who is in both keeps the role they have in the
    party that stays, whose owner owns both; the other owner becomes a manager. Anybody may type
    another's name and code into a draft: the people of what was never verified stay behind."""
    if absorbed.verified_at is None:
        return
    theirs = Membership.objects.filter(party=absorbed)
    there = Membership.objects.filter(party=survivor)
    theirs.filter(role=Role.OWNER).update(role=Role.MANAGER)
    theirs.filter(user__in=there.values("user")).delete()
    theirs.update(party=survivor, role_since=clock.now())


@moves_by(Scoped, "party", what=_("colleagues elsewhere who work for it"))
def move_scopes(survivor: Party, absorbed: Party) -> None:
    """Colleagues elsewhere who work for the one work for the other."""
    named = Scoped._default_manager
    both = named.filter(party=survivor).values("membershipscope")
    named.filter(party=absorbed, membershipscope__in=both).delete()
    named.filter(party=absorbed).update(party=survivor)


@moves_by(ChatBot, "party_id", Fate.STAYS)
def end_bots(survivor: Party, absorbed: Party) -> None:
    """As with keys: whom the party that stays tells is said anew."""
    end_bots_of_party(absorbed.pk)


@moves_by(KeyGrant, "giver", Fate.STAYS)
def end_grants_given(survivor: Party, absorbed: Party) -> None:
    """As with keys: whose keys act for the party that stays is said anew."""
    KeyGrant.objects.filter(giver=absorbed, ended_at=None).update(ended_at=clock.now())


@moves_by(KeyGrant, "taker", Fate.STAYS)
def end_grants_taken(survivor: Party, absorbed: Party) -> None:
    KeyGrant.objects.filter(taker=absorbed, ended_at=None).update(ended_at=clock.now())


stays(KeyGrant, "ended_by")


@moves_by(PartyCategory, "party", what=_("categories"))
def move_categories(survivor: Party, absorbed: Party) -> None:
    if not PartyCategory.objects.filter(party=survivor).exists():
        PartyCategory.objects.filter(party=absorbed).update(party=survivor)


@moves_by(Document, "party")
def move_documents(survivor: Party, absorbed: Party) -> None:
    """What was accepted of it and the party that stays has not shown itself."""
    shown = set(Document.objects.current().filter(party=survivor).values_list("kind", "link"))
    accepted = Document.objects.filter(party=absorbed, status=DocumentStatus.ACCEPTED)
    for document in accepted if absorbed.verified_at else ():
        if (document.kind_id, document.link) not in shown:
            Document.objects.filter(pk=document.pk).update(party=survivor)


@moves_by(OwnedAccount, "party")
def move_accounts(survivor: Party, absorbed: Party) -> None:
    """All but the claims under way that the party that stays has, too."""
    asked = OwnedAccount.objects.filter(status__in=[OwnedStatus.CLAIMED, OwnedStatus.PLACED])
    both = set(asked.filter(party=survivor).values_list("platform", "handle"))
    for account in OwnedAccount.objects.filter(party=absorbed):
        is_asked = account.status in {OwnedStatus.CLAIMED, OwnedStatus.PLACED}
        if not is_asked or (account.platform, account.handle) not in both:
            OwnedAccount.objects.filter(pk=account.pk).update(party=survivor)


# --- what cannot become one party's ---------------------------------------------------------------


@register_clash
def describes_itself(survivor: Party, absorbed: Party) -> Verdict:
    """A profile of services belongs to its party; the one that has it stays."""
    profiles = ProviderProfile.objects
    if profiles.filter(party=absorbed).exists() and not profiles.filter(party=survivor).exists():
        return conflict(_("Only the party that goes describes its services. Merge the other way."))
    return ALLOWED


@register_clash
def is_one_person(survivor: Party, absorbed: Party) -> Verdict:
    """Two parties of natural persons are one only if the persons are."""
    names = dict(
        RealName.objects.filter(party__in=[survivor, absorbed]).values_list("party", "number_print")
    )
    if absorbed.pk not in names:
        return ALLOWED
    if survivor.pk not in names:
        return conflict(_("Only the party that goes gave its real name. Merge the other way."))
    if names[survivor.pk] != names[absorbed.pk]:
        return conflict(_("Behind these two stand different persons."))
    return ALLOWED


@register_clash
def has_no_appeal(survivor: Party, absorbed: Party) -> Verdict:
    if PartyAppeal.objects.waiting().filter(party=absorbed).exists():
        return conflict(_("An appeal of the party that goes is being judged. Answer it first."))
    return ALLOWED


@register_clash
def has_no_open_departure(survivor: Party, absorbed: Party) -> Verdict:
    entries = RosterEntry.objects.filter(Q(agency=absorbed) | Q(creator=absorbed))
    opened = Departure.objects.filter(entry__in=entries, status__in=states.OPEN_DEPARTURES)
    if opened.exists():
        return conflict(_("A departure of the party that goes is not over. End it first."))
    return ALLOWED


@register_clash
def was_in_one_agency_at_a_time(survivor: Party, absorbed: Party) -> Verdict:
    bound = RosterEntry.objects.filter(status__in=states.BOUND)
    for entry in bound.filter(creator=absorbed):
        if bound.filter(creator=survivor, period__overlap=entry.period).exists():
            sentence = _("Both were in an agency in the same days; one period must go first.")
            return conflict(sentence)
    return ALLOWED


@register_clash
def invited_once(survivor: Party, absorbed: Party) -> Verdict:
    """The same creator by both agencies, or both creators by the same agency."""
    invited = RosterEntry.objects.filter(status=RosterStatus.INVITED)
    theirs, ours = invited.filter(agency=absorbed), invited.filter(agency=survivor)
    same_creator = ours.filter(creator__in=theirs.exclude(creator=None).values("creator"))
    same_phone = ours.filter(phone__in=theirs.exclude(phone="").values("phone"))
    both = invited.filter(creator=survivor).filter(
        agency__in=invited.filter(creator=absorbed).values("agency")
    )
    if (same_creator | same_phone | both).exists():
        return conflict(_("Both are in an open invitation to a roster; take one back first."))
    return ALLOWED
