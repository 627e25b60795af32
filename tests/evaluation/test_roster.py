"""What a team's list says at the end of a month, worked by hand; a provider's own word."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.evaluation.models import Fact
from portal.evaluation.roster import Figure, Head, figures_of, required_roles
from portal.evaluation.services import confirm_fact, record_facts, record_roster_facts
from portal.evaluation.states import Grade
from portal.parties.models import ServiceType, StaffCertificate, StaffMember
from portal.parties.profile_states import StaffRole
from tests.evaluation.test_facts import fields
from tests.factories import SYSTEM

END, BEFORE = date(2026, 9, 30), date(2025, 9, 30)
LONG_AGO, THIS_YEAR = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


def said(*team, services=(), merchants=0):
    figures = figures_of(
        team, month_end=END, year_before=BEFORE, services=services, merchants=merchants
    )
    return {figure.measure: figure for figure in figures}


def test_figures_worked_by_hand():
    team = [
        Head("host", LONG_AGO, None, (None,)),
        Head("operations", LONG_AGO, None, (END,)),
        Head("operations", THIS_YEAR, None, (date(2026, 9, 29),)),
        Head("manager", LONG_AGO, datetime(2026, 3, 1, tzinfo=UTC)),  # has left
    ]
    assert said(*team, services=["live-room"], merchants=5) == {
        "staff_certified": Figure("staff_certified", 66.6667, 3),
        "roles_filled": Figure("roles_filled", 50.0, 4),  # no manager, no director
        "staff_retention": Figure("staff_retention", 66.6667, 3),
        "merchants_per_operator": Figure("merchants_per_operator", 2.5, 2),
    }


def test_figures_leave_out_what_cannot_be_said():
    assert said() == {}
    assert set(said(Head("host", THIS_YEAR, None))) == {"staff_certified"}


@pytest.mark.django_db
def test_every_service_type_names_roles_that_exist():
    assert set(required_roles()) == set(ServiceType.objects.values_list("code", flat=True))
    assert set().union(*required_roles().values()) <= set(StaffRole.values)


@pytest.mark.django_db
def test_roster_facts_are_recorded_once_a_month_as_own_word(provider, rival):
    member = StaffMember.objects.create(
        party=provider.party, name="李", role="host", joined_at=clock.now() - timedelta(days=60)
    )
    StaffCertificate.objects.create(member=member, title="主播证", issuer="平台")
    assert record_roster_facts(SYSTEM) == 2
    assert record_roster_facts(SYSTEM) == 0
    facts = {fact.measure: fact for fact in Fact.objects.filter(party=provider.party)}
    assert (facts["staff_certified"].value, facts["roles_filled"].value) == (100, 25)
    assert {fact.grade for fact in facts.values()} == {Grade.SELF_REPORTED}
    assert list(Fact.objects.counted()) == []


@pytest.mark.django_db
def test_confirm_fact_lets_an_own_word_count(provider, merchant, operator):
    record_facts(SYSTEM, facts=[fields(provider, merchant, grade=Grade.SELF_REPORTED)])
    fact = Fact.objects.get()
    with pytest.raises(Refused):
        confirm_fact(provider.actor, fact=fact, why="it is true")
    with pytest.raises(Refused):
        confirm_fact(operator.actor, fact=fact, why=" ")
    later = confirm_fact(operator.actor, fact=fact, why="certificates seen on 3 May")
    assert list(Fact.objects.counted()) == [later]
    assert (later.value, later.grade, later.corrects) == (4.5, Grade.CONFIRMED, fact)
    with pytest.raises(Refused):
        confirm_fact(operator.actor, fact=later, why="again")
    assert Fact.objects.count() == 2
