"""What the evaluation is told, and that it fades there as it does here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.conduct import selectors, services
from portal.conduct.states import Outcome
from portal.core import clock
from portal.evaluation.models import Fact
from tests.conduct.making import asked, confirmed, in_force, reported
from tests.conftest import staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def points() -> list[Fact]:
    return list(Fact.objects.in_force().filter(measure="violation_points"))


def test_violation_in_force_is_a_fact_and_lapses(merchant, provider, operator):
    case = in_force(operator.actor, reported(merchant.actor, provider.party))
    (fact,) = points()
    assert (fact.party, fact.value, fact.ref_id) == (provider.party, 24, str(case.public_id))
    assert fact.ends_on == clock.day_of(case.confirmed_at)
    later = clock.now() + timedelta(days=200)
    days = (clock.day_of(later) - fact.ends_on).days
    known = selectors.points_of([provider.party.pk], later)[provider.party.pk]
    assert known == pytest.approx(fact.value * 0.5 ** (days / 180))
    with clock.standing_at(clock.now() + timedelta(days=731)):
        services.sweep_cases(SYSTEM)
    assert points() == []
    assert Fact.objects.filter(measure="violation_points").count() == 2, "taken back by a row"


def test_overturned_violation_was_never_a_fact(merchant, provider, operator):
    case = confirmed(operator.actor, reported(merchant.actor, provider.party))
    services.appeal_verdict(provider.actor, case=case, text="有误。")
    services.judge_verdict(
        staff_person("risk").actor, case=case, outcome=Outcome.OVERTURNED, reason="证据不足。"
    )
    assert not Fact.objects.exists()


def test_merchants_are_not_measured(merchant, provider, operator):
    in_force(operator.actor, reported(provider.actor, merchant.party))
    assert not Fact.objects.exists()


@pytest.mark.parametrize(("late", "value"), [(0, 100), (20, 0)])
def test_corrective_action_is_a_fact_once_closed(merchant, provider, operator, late, value):
    case = in_force(operator.actor, reported(merchant.actor, provider.party))
    action = asked(operator.actor, case)
    with clock.standing_at(clock.now() + timedelta(days=late)):
        services.hand_in_action(provider.actor, action=action, text="退了。")
        services.accept_action(operator.actor, action=action, reason="好。")
    fact = Fact.objects.get(measure="plan_item")
    assert (fact.value, fact.ref_id) == (value, str(action.pk))


def test_action_never_done_counts_as_zero(merchant, provider, operator):
    case = in_force(operator.actor, reported(merchant.actor, provider.party))
    action = asked(operator.actor, case)
    with clock.standing_at(clock.now() + timedelta(days=20)):
        services.sweep_actions(SYSTEM)
        services.fail_action(operator.actor, action=action, reason="没有做。")
    assert Fact.objects.get(measure="plan_item").value == 0
