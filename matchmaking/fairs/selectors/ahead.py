"""The fairs one can still sign up for, with the seats that are left, and for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Greatest

from matchmaking.fairs.models import Fair, FairPool, SignUp
from matchmaking.fairs.rules import Check
from matchmaking.fairs.selectors.checks import checks_at
from matchmaking.fairs.selectors.fairs import categories_of
from matchmaking.fairs.states import ROLES, FairStatus
from portal.core import clock
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.seats.models import Claim
from portal.seats.states import OPEN, ClaimStatus


@dataclass(frozen=True, slots=True)
class RoleSeats:
    """Of all categories of a fair; `waiting`: who stands in line there."""

    role: PartyKind
    free: int
    capacity: int
    waiting: int

    @property
    def is_full(self) -> bool:
        return not self.free


@dataclass(frozen=True, slots=True)
class NextFair:
    """`checks`: its thresholds beside what is known of the party that asks; none for visitors."""

    fair: Fair
    categories: Sequence[str]
    seats: Sequence[RoleSeats]
    checks: Sequence[Check] = field(default_factory=list)

    @property
    def missed(self) -> Check | None:
        """The first threshold that keeps the party out."""
        return next((one for one in self.checks if not one.is_met), None)

    def seats_for(self, role: str) -> RoleSeats | None:
        return next((one for one in self.seats if one.role == role), None)


def next_fairs(most: int) -> list[NextFair]:
    """Those that take sign-ups or will, the earliest first; four queries, however many."""
    return _told(_taking(most), {})


def next_fairs_for(party: Party, most: int) -> list[NextFair]:
    """Those with seats for its kind where it has not signed up, each with its thresholds."""
    signed = SignUp.objects.filter(party=party, claim__status__in=OPEN).values("fair")
    fairs = _taking(most, Q(pools__role=party.kind) & ~Q(pk__in=signed))
    return _told(fairs, checks_at(fairs, party))


def _taking(most: int, which: Q | None = None) -> list[Fair]:
    rows = Fair.objects.published().filter(
        status=FairStatus.RECRUITING, occasion__closes_at__gt=clock.now()
    )
    rows = rows.filter(which).distinct() if which is not None else rows
    named = rows.select_related("city", "occasion").prefetch_related("thresholds")
    return list(named.order_by("starts_at", "pk")[:most])


def _told(fairs: Sequence[Fair], checks: Mapping[int, Sequence[Check]]) -> list[NextFair]:
    if not fairs:
        return []
    names, seats = categories_of(fairs), _seats_by_role(fairs)
    return [
        NextFair(fair, names.get(fair.pk, []), seats[fair.pk], checks.get(fair.pk, []))
        for fair in fairs
    ]


def _seats_by_role(fairs: Sequence[Fair]) -> Mapping[int, list[RoleSeats]]:
    """In the order in which a fair names its roles. A closed pool has no seat left."""
    left = Greatest(F("pool__capacity") - F("pool__taken") - F("pool__held"), 0)
    rows = FairPool.objects.filter(fair__in=fairs).order_by().values_list("fair", "role")
    told = rows.annotate(all=Sum("pool__capacity"), left=Sum(left, filter=Q(pool__is_closed=False)))
    sums = {(fair, role): (whole, free or 0) for fair, role, whole, free in told}
    line = Claim.objects.filter(
        pool__fair_pool__fair__in=fairs, status=ClaimStatus.WAITING
    ).order_by()
    waiting = {
        (fair, role): n
        for fair, role, n in line.values_list(
            "pool__fair_pool__fair", "pool__fair_pool__role"
        ).annotate(n=Count("pk"))
    }
    found: dict[int, list[RoleSeats]] = defaultdict(list)
    for fair in fairs:
        for role in ROLES[fair.kind]:
            if (key := (fair.pk, role.value)) in sums:
                whole, free = sums[key]
                found[fair.pk].append(RoleSeats(role, free, whole, waiting.get(key, 0)))
    return found
