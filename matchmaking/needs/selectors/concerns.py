"""What might make an award a conflict of interest, told to both sides before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import LIVE
from matchmaking.needs import states
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import Concern
from portal.core import clock
from portal.core.actor import Actor
from portal.core.contacts import normal_phone
from portal.parties.models import Membership, Party, RosterEntry
from portal.parties.states import PartyKind, RosterStatus

BELONGING = (RosterStatus.ACTIVE, RosterStatus.LEAVING)
RUNNING = tuple(LIVE)


def concerns_of(need: Need, proposals: Sequence[Proposal]) -> dict[int, list[str]]:
    """By bidder, in the order of `Concern`. A fixed number of queries, however many bidders. Whom
    else somebody works for is never named."""
    bidders = [proposal.provider for proposal in proposals]
    ids = [bidder.pk for bidder in bidders]
    people, rivals = _sharing_people(need, ids), _serving_rivals(need, ids)
    rosters = _beside_their_roster(need, bidders)
    return {
        proposal.provider_id: [
            *_same_identity(need.merchant, proposal.provider),
            *([Concern.SAME_PERSON.value] if proposal.provider_id in people else []),
            *([Concern.SAME_PHONE.value] if proposal.shares_phone else []),
            *([Concern.RIVAL.value] if proposal.provider_id in rivals else []),
            *([Concern.ROSTER.value] if proposal.provider_id in rosters else []),
        ]
        for proposal in proposals
    }


@dataclass
class Past:
    """What `concerns_of` reads of bidders, read once for many awards in a row; each award adds its
    cooperation. For providers, who stand on no roster."""

    members: dict[int, set[int]]
    works: dict[int, list[tuple[int, date, frozenset[int]]]]  # merchant, end, categories

    @classmethod
    def of(cls, bidders: Sequence[Party]) -> Past:
        ids = [bidder.pk for bidder in bidders]
        running = Cooperation.objects.filter(provider__in=ids, status__in=RUNNING)
        past = cls(_members(), {})
        for row in running.prefetch_related("categories"):
            past.add(row, [category.pk for category in row.categories.all()])
        return past

    def add(self, cooperation: Cooperation, category_ids: Sequence[int]) -> None:
        work = (cooperation.merchant_id, cooperation.ends_on, frozenset(category_ids))
        self.works.setdefault(cooperation.provider_id, []).append(work)

    def concerns(self, proposal: Proposal, today: date, category_ids: Sequence[int]) -> list[str]:
        need, bidder = proposal.need, proposal.provider
        people = self.members.get(need.merchant_id, set()) & self.members.get(bidder.pk, set())
        is_rival = any(
            merchant != need.merchant_id and end > today and categories & set(category_ids)
            for merchant, end, categories in self.works.get(bidder.pk, ())
        )
        return [
            *_same_identity(need.merchant, bidder),
            *([Concern.SAME_PERSON.value] if people else []),
            *([Concern.SAME_PHONE.value] if proposal.shares_phone else []),
            *([Concern.RIVAL.value] if is_rival else []),
        ]


def _members() -> dict[int, set[int]]:
    """Of parties that share people with others: the rest have nobody in common with anybody."""
    several = Membership.objects.values("user").annotate(n=Count("pk")).filter(n__gt=1)
    found: dict[int, set[int]] = {}
    rows = Membership.objects.filter(user__in=several.values("user"))
    for party_id, user_id in rows.values_list("party_id", "user_id"):
        found.setdefault(party_id, set()).add(user_id)
    return found


def _same_identity(merchant: Party, bidder: Party) -> list[str]:
    found = []
    if merchant.uscc and merchant.uscc == bidder.uscc:
        found.append(Concern.SAME_CODE.value)
    if merchant.legal_name and merchant.legal_name == bidder.legal_name:
        found.append(Concern.SAME_NAME.value)
    return found


def share_a_phone(merchant: Party, bidder: Party) -> bool:
    """Read once, when a proposal is handed in."""
    own = normal_phone(merchant.contact_phone)
    return own != "" and own == normal_phone(bidder.contact_phone)


def _sharing_people(need: Need, ids: Sequence[int]) -> set[int]:
    own = Membership.objects.filter(party=need.merchant_id).values("user")
    shared = Membership.objects.filter(party__in=ids, user__in=own)
    return set(shared.values_list("party_id", flat=True))


def _serving_rivals(need: Need, ids: Sequence[int]) -> set[int]:
    """Who has a running cooperation with another merchant in one of the need's categories."""
    running = Cooperation.objects.filter(
        provider__in=ids, status__in=RUNNING, ends_on__gt=clock.today()
    ).exclude(merchant=need.merchant_id)
    same = running.filter(categories__in=need.categories.values("pk"))
    return set(same.values_list("provider_id", flat=True))


def _beside_their_roster(need: Need, bidders: Sequence[Party]) -> set[int]:
    """Creators whose agency works for the merchant already, and agencies one of whose creators
    does: the same work might be paid twice."""
    ids = [b.pk for b in bidders if b.kind in {PartyKind.AGENCY, PartyKind.CREATOR}]
    if not ids:
        return set()
    hired = Cooperation.objects.filter(
        merchant=need.merchant_id, status__in=RUNNING, ends_on__gt=clock.today()
    ).values("provider")
    entries = RosterEntry.objects.filter(status__in=BELONGING).filter(
        Q(creator__in=ids, agency__in=hired) | Q(agency__in=ids, creator__in=hired)
    )
    pairs = entries.values_list("agency_id", "creator_id")
    return {pk for pair in pairs for pk in pair if pk in ids}


def concern_words(codes: Sequence[str]) -> list[str]:
    return [str(Concern(code).label) for code in codes]


def concerns_told(actor: Actor, proposal: Proposal) -> list[str]:
    """Told to both sides while the proposal stands, and as they were read once it is accepted:
    inviting somebody tells nothing of them. Who does not know the merchant cannot be told what it
    shares with it."""
    if proposal.concerns is not None:
        return proposal.concerns
    is_told = actor.speaks_for(proposal.need.merchant_id) or proposal.tells_merchant
    if proposal.status not in states.ANSWERABLE or not is_told:
        return []
    return concerns_of(proposal.need, [proposal])[proposal.provider_id]
