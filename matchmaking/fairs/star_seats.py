"""Seats for an agency's creators: everybody's of each fair, and those its stars bring."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from matchmaking.fairs.models import Fair
from matchmaking.fairs.states import FairStatus
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.seats import states as seat_states
from portal.tiers.benefits import Use, register_use
from portal.tiers.selectors import benefit_of
from portal.tiers.states import BenefitKind

MOST = 5  # fairs


def seats_used(agency: Party, more: int) -> Iterator[Use]:
    """At the next fairs that take sign-ups; those it has brought somebody to first."""
    open_now = Q(sign_ups__brought_by=agency.pk, sign_ups__claim__status__in=seat_states.OPEN)
    fairs = Fair.objects.filter(status=FairStatus.RECRUITING, published_at__isnull=False)
    counted = fairs.annotate(brought=Count("sign_ups", open_now, distinct=True))
    for fair in counted.order_by("-brought", "starts_at", "pk")[:MOST]:
        total = fair.creators_per_agency + more
        yield Use(fair.title, fair.get_absolute_url(), fair.brought, total)


def seats_at(fair: Fair, agency: Party | None) -> Use | None:
    """What is used and left at one fair; None for who is no agency."""
    if agency is None or agency.kind != PartyKind.AGENCY:
        return None
    brought = fair.sign_ups.filter(brought_by=agency, claim__status__in=seat_states.OPEN).count()
    total = fair.creators_per_agency + benefit_of(agency.pk, BenefitKind.FAIR_SEATS)
    return Use(fair.title, fair.get_absolute_url(), brought, total)


register_use(BenefitKind.FAIR_SEATS, seats_used)
