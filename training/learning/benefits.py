"""Seats in a session that a provider's size and score bring on top of what each party has."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from portal.core import clock
from portal.growth.selectors import benefit_of, register_use
from portal.growth.selectors.benefits import Use
from portal.growth.states import ProviderBenefit
from portal.parties.models import Party
from training.courses.models import Session
from training.learning.models import Enrolment

MOST = 5  # sessions


def seats_of(session: Session, party: Party | None) -> int:
    """How many of a party's people may sit in a session at once."""
    return session.most_per_party + benefit_of(party, ProviderBenefit.COURSE_SEATS)


def seats_used(party: Party, more: int) -> Iterator[Use]:
    """In the sessions to come its people enrolled in, the fullest first."""
    rows = Enrolment.objects.open().filter(party=party, session__joins_until__gte=clock.now())
    counted = dict(
        rows.values_list("session").annotate(n=Count("pk")).order_by("-n", "session")[:MOST]
    )
    sessions = Session.objects.select_related("course").in_bulk(list(counted))
    for pk, used in counted.items():
        session = sessions[pk]
        total = session.most_per_party + more
        yield Use(session.course.title, session.get_absolute_url(), used, total)


register_use(ProviderBenefit.COURSE_SEATS, seats_used)
