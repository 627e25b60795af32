"""What cooperations make for the evaluation: each once, whoever brought the rows in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.cooperation import services
from matchmaking.cooperation.facts import (
    DISPUTES,
    MONTH,
    RENEWAL,
    REVIEW,
    TARGET,
    record_cooperation_facts,
)
from matchmaking.cooperation.fields import DisputeFields, EndingFields, ReviewFields
from matchmaking.needs.services import accept_proposal
from portal.core import clock
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.evaluation.states import Grade, Strike
from tests import factories
from tests.factories import SYSTEM
from tests.matchmaking.cooperation.conftest import duty, sold

pytestmark = pytest.mark.django_db


def facts(ref_kind):
    rows = Fact.objects.filter(ref_kind=ref_kind).order_by("pk")
    return list(rows.values_list("value", "counterpart", "service__code", "strike"))


def after(days):
    return clock.standing_at(clock.now() + timedelta(days=days))


def test_each_month_of_work_is_a_merchant_served(running, merchant, provider):
    assert record_cooperation_facts(SYSTEM) == 1
    assert record_cooperation_facts(SYSTEM) == 0
    assert facts(MONTH) == [(1.0, merchant.party.pk, "live-room", "")]
    with after(32):
        record_cooperation_facts(SYSTEM)
    assert len(facts(MONTH)) == 2
    fact = Fact.objects.filter(ref_kind=MONTH).latest("pk")
    assert (fact.party, fact.grade) == (provider.party, Grade.CONFIRMED)


def test_what_does_not_run_serves_nobody(agreed):
    assert record_cooperation_facts(SYSTEM) == 0


def test_review_counts_from_cooperations_of_some_days(running, merchant, provider):
    record_cooperation_facts(SYSTEM)
    sold(running)
    with after(10):
        for person in (merchant, provider):
            services.complete_cooperation(person.actor, cooperation=running)
        services.give_review(merchant.actor, cooperation=running, fields=ReviewFields(5, 4, 3, ""))
        record_cooperation_facts(SYSTEM)
        assert facts(REVIEW) == []  # not shown yet
        services.give_review(provider.actor, cooperation=running, fields=ReviewFields(1, 1, 1, ""))
        record_cooperation_facts(SYSTEM)
    assert facts(REVIEW) == [(4.0, merchant.party.pk, "live-room", Strike.SHORT_COOPERATION)]


def test_renewal_is_known_once_agreed_or_after_sixty_days(over, merchant, provider):
    assert record_cooperation_facts(SYSTEM) == 0
    with after(61):
        record_cooperation_facts(SYSTEM)
        assert record_cooperation_facts(SYSTEM) == 0
    assert [value for value, *_rest in facts(RENEWAL)] == [0.0]


def test_renewal_is_known_at_once_where_another_was_agreed(over, merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    accept_proposal(merchant.actor, proposal=proposal)
    record_cooperation_facts(SYSTEM)
    assert [value for value, *_rest in facts(RENEWAL)] == [100.0]


def test_what_ended_before_it_began_was_nothing_to_renew(agreed, provider):
    fields = EndingFields(reason="plans", note="计划变了", effective_on=clock.today())
    services.end_cooperation(provider.actor, cooperation=agreed, fields=fields)
    with after(61):
        assert record_cooperation_facts(SYSTEM) == 0


def test_target_is_kept_in_time_late_or_given_up(running, merchant, provider):
    made = [duty(provider, running, days=5, title=f"义务 {n}") for n in range(3)]
    for obligation, days in ((made[0], 4), (made[1], 7)):
        with after(days):
            services.finish_obligation(provider.actor, obligation=obligation, note="做完了")
            services.confirm_obligation(merchant.actor, obligation=obligation)
    with after(34):
        record_cooperation_facts(SYSTEM)
        assert sorted(value for value, *_rest in facts(TARGET)) == [0.0, 100.0]
    with after(36):
        record_cooperation_facts(SYSTEM)
    assert sorted(value for value, *_rest in facts(TARGET)) == [0.0, 0.0, 100.0]


def test_rows_behind_are_found_by_their_own_sides(over, merchant, provider, rival):
    services.give_review(merchant.actor, cooperation=over, fields=ReviewFields(5, 4, 3, ""))
    services.give_review(provider.actor, cooperation=over, fields=ReviewFields(5, 4, 3, ""))
    record_cooperation_facts(SYSTEM)
    fact = Fact.objects.get(ref_kind=REVIEW)
    link = row_link(REVIEW)
    assert link is not None
    assert link.find(provider.actor, fact.ref_id) == over.get_absolute_url()
    assert link.find(rival.actor, fact.ref_id) is None
    assert link.find(provider.actor, "nonsense") is None


def test_sweep_asks_as_often_for_two_as_for_one(running, merchant, rival):
    with after(32), CaptureQueriesContext(connection) as one:
        assert record_cooperation_facts(SYSTEM)
    with clock.standing_at(clock.now() - timedelta(days=31)):
        need = factories.open_need(merchant.actor)
        proposal = factories.submitted_proposal(rival.actor, need)
        accept_proposal(merchant.actor, proposal=proposal)
    with after(64):
        services.sweep_cooperations(SYSTEM)
        with CaptureQueriesContext(connection) as two:
            record_cooperation_facts(SYSTEM)
    assert facts(MONTH)[-1][1] == merchant.party.pk
    assert len(facts(MONTH)) == 3
    assert len(one) == len(two)


def test_upheld_disputes_of_a_month_count_once_it_is_over_and_none_is_open(
    running, merchant, operator
):
    began = running.starts_on
    said = DisputeFields("quality", 5_000, began, began, "少播三场")
    dispute = services.open_dispute(merchant.actor, cooperation=running, fields=said)
    with after(40):
        record_cooperation_facts(SYSTEM)
        assert not Fact.objects.filter(
            ref_kind=DISPUTES, starts_on__lte=clock.day_of(dispute.opened_at)
        ).exists(), "it is open"
        services.sweep_disputes(SYSTEM)
        services.decide_dispute(
            operator.actor, dispute=dispute, returned_bp=3_000, decision="少播属实"
        )
    with after(60):
        services.sweep_disputes(SYSTEM)
        record_cooperation_facts(SYSTEM)
        record_cooperation_facts(SYSTEM)
    rows = Fact.objects.filter(ref_kind=DISPUTES).order_by("starts_on")
    values = list(rows.values_list("value", flat=True))
    assert values[0] == 100.0
    assert set(values[1:]) <= {0.0}
