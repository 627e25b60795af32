"""A case from the charge to its end: heard, decided, appealed, in force, lapsed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from portal.conduct import selectors, services
from portal.conduct.models import Appeal, Case, Decision, Hearing
from portal.conduct.states import TRANSITIONS, CaseStatus, Outcome
from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.core.workdays import add_working_days
from portal.notices.models import Notice
from tests import factories
from tests.conduct.making import (
    CHARGE,
    confirmed,
    heard,
    in_force,
    notified,
    report_fields,
    reported,
)
from tests.conftest import staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(merchant, provider):
    return reported(merchant.actor, provider.party)


def refused(call) -> int:
    before = list(Case.objects.values()), AuditEntry.objects.count(), Decision.objects.count()
    with pytest.raises(Refused) as caught:
        call()
    assert (
        list(Case.objects.values()),
        AuditEntry.objects.count(),
        Decision.objects.count(),
    ) == before
    return caught.value.verdict.status


def test_every_state_is_reached_and_left_as_written():
    assert set(TRANSITIONS) == set(CaseStatus)
    assert all(goal in TRANSITIONS for goals in TRANSITIONS.values() for goal in goals)


def test_party_is_told_without_the_reporter(report, merchant, provider, operator):
    case = notified(operator.actor, report)
    assert (case.status, case.charge) == ("notified", CHARGE)
    assert case.due_on == add_working_days(clock.today(), case.rule.hearing_days)
    notice = Notice.objects.get(event="conduct.notified")
    assert (notice.user, notice.url) == (provider.user, case.get_absolute_url())
    assert notice.params["rule"] == {"zh": "刷单炒信", "en": "Brushing"}
    page = provider.browser().get(case.get_absolute_url()).content.decode()
    assert CHARGE in page
    for secret in (merchant.party.name, merchant.user.name, report.text):
        assert secret not in page


def test_party_sees_the_evidence_chosen_and_no_other(merchant, provider, operator):
    report = services.report_conduct(
        merchant.actor,
        party=provider.party,
        fields=report_fields(),
        evidence=[factories.picture(), factories.picture()],
    )
    shown, hidden = report.evidence.order_by("created_at")
    client = provider.browser()
    assert client.get(shown.get_absolute_url()).status_code == 404
    case = services.notify_case(
        operator.actor, case=report.case, charge=CHARGE, evidence=[shown.pk]
    )
    assert client.get(shown.get_absolute_url()).status_code == 200
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert operator.browser().get(hidden.get_absolute_url()).status_code == 200
    assert merchant.browser().get(hidden.get_absolute_url()).status_code == 200
    page = client.get(case.get_absolute_url()).content.decode()
    assert (str(shown.pk) in page, str(hidden.pk) in page) == (True, False)


def test_party_knows_nothing_of_what_is_dismissed_at_sight(report, merchant, provider, operator):
    services.dismiss_case(operator.actor, case=report.case, reason="没有证据。")
    case = Case.objects.get()
    assert (case.status, case.due_on) == ("dismissed", None)
    assert not Case.objects.visible_to(provider.actor).exists()
    assert not Notice.objects.filter(user=provider.user, event__startswith="conduct").exists()
    told = Notice.objects.get(user=merchant.user, event="conduct_report.dismissed")
    assert told.params["reason"] == "没有证据。"
    page = merchant.browser().get(report.get_absolute_url()).content.decode()
    assert "没有证据。" in page


def test_rule_may_be_another_one_when_the_party_is_told(report, operator):
    from portal.conduct.models import Rule

    other = Rule.objects.get(code="false-promise")
    case = services.notify_case(operator.actor, case=report.case, charge=CHARGE, rule=other)
    assert case.rule == other


def test_rule_of_other_parties_is_refused(operator, merchant, provider):
    from portal.conduct.models import Rule

    case = reported(provider.actor, merchant.party).case
    other = Rule.objects.get(code="poaching")
    assert (
        refused(lambda: services.notify_case(operator.actor, case=case, charge=CHARGE, rule=other))
        == 422
    )


def test_statement_ends_the_hearing(report, provider, operator):
    case = notified(operator.actor, report)
    services.answer_case(
        provider.actor, case=case, text="已按约开播。", evidence=[factories.picture()]
    )
    case.refresh_from_db()
    assert (case.status, case.hearing.text) == ("heard", "已按约开播。")
    assert case.due_on == add_working_days(clock.today(), 15)
    assert case.hearing.evidence.get().party_id == provider.party.pk
    assert refused(lambda: services.answer_case(provider.actor, case=case, text="再说")) == 409


def test_nobody_but_the_party_answers(report, merchant, provider, colleague, stranger, operator):
    case = notified(operator.actor, report)
    for person in (merchant, colleague, stranger, operator):
        call = partial(services.answer_case, person.actor, case=case, text="x")
        assert refused(call) == 403
    assert not Hearing.objects.exists()


def test_window_that_is_over_ends_the_hearing_by_itself(report, operator, provider):
    case = notified(operator.actor, report)
    assert services.sweep_cases(SYSTEM) == 0
    with clock.standing_at(clock.now() + timedelta(days=30)):
        assert refused(lambda: services.answer_case(provider.actor, case=case, text="x")) == 409
        assert services.sweep_cases(SYSTEM) == 1
        assert services.sweep_cases(SYSTEM) == 0
    case.refresh_from_db()
    assert case.status == "heard"


def test_nothing_is_confirmed_before_the_party_was_heard(report, operator):
    confirm = partial(services.confirm_case, operator.actor, case=report.case, reason="是")
    assert refused(confirm) == 409
    notified(operator.actor, report)
    assert refused(confirm) == 409


def test_decision_needs_a_reason(report, operator):
    case = heard(operator.actor, report)
    assert refused(lambda: services.confirm_case(operator.actor, case=case, reason=" ")) == 422
    assert refused(lambda: services.dismiss_case(operator.actor, case=case, reason="")) == 422


def test_confirmed_violation_keeps_the_rule_of_its_day(report, operator, provider):
    case = confirmed(operator.actor, report)
    assert (case.status, case.points, case.gate) == ("confirmed", 24, "severe")
    assert case.lapses_on == clock.today() + timedelta(days=730)
    assert case.due_on == add_working_days(clock.today(), 10)
    assert case.points_at(clock.now()) == 0, "it counts once the time to appeal is over"
    assert selectors.gates_in_force(clock.now()) == {}
    assert list(selectors.violations_of(provider.party)) == []


def test_violation_is_in_force_when_nobody_appealed(report, operator, merchant, provider):
    case = in_force(operator.actor, report)
    assert (case.status, case.due_on) == ("final", case.lapses_on)
    now = clock.now()
    assert selectors.gates_in_force(now) == {provider.party.pk: ["severe"]}
    assert selectors.points_of([provider.party.pk, merchant.party.pk], now) == {
        provider.party.pk: 24.0,
        merchant.party.pk: 0.0,
    }
    assert Notice.objects.filter(user=merchant.user, event="conduct_report.confirmed").exists()


def test_reporter_is_told_nothing_while_it_may_be_appealed(report, operator, merchant):
    confirmed(operator.actor, report)
    assert not Notice.objects.filter(user=merchant.user, event__startswith="conduct").exists()
    page = merchant.browser().get(report.get_absolute_url()).content.decode()
    assert "证据充分" not in page


def test_appeal_is_judged_by_somebody_else(report, operator, provider):
    case = confirmed(operator.actor, report)
    services.appeal_verdict(provider.actor, case=case, text="判断有误。")
    judge = partial(services.judge_verdict, case=case, outcome=Outcome.UPHELD, reason="维持。")
    assert refused(lambda: judge(operator.actor)) == 403
    second = staff_person("risk")
    judge(second.actor)
    case.refresh_from_db()
    assert case.status == "final"
    last = Decision.objects.get(stage="appeal")
    assert (last.by, last.first_by, last.outcome) == (second.user, operator.user, "upheld")


def test_overturned_violation_never_counted(report, operator, merchant, provider):
    case = confirmed(operator.actor, report)
    services.appeal_verdict(provider.actor, case=case, text="判断有误。")
    services.judge_verdict(
        staff_person("reviewer").actor,
        case=case,
        outcome=Outcome.OVERTURNED,
        reason="证据不足。",
    )
    case.refresh_from_db()
    assert (case.status, case.final_at) == ("overturned", None)
    assert selectors.gates_in_force(clock.now() + timedelta(days=400)) == {}
    told = Notice.objects.get(user=merchant.user, event="conduct_report.dismissed")
    assert told.params["reason"] == "证据不足。"


def test_appeal_is_filed_once_and_in_time(report, operator, provider):
    case = confirmed(operator.actor, report)
    with clock.standing_at(clock.now() + timedelta(days=40)):
        assert (
            refused(lambda: services.appeal_verdict(provider.actor, case=case, text="迟了")) == 409
        )
    services.appeal_verdict(provider.actor, case=case, text="判断有误。")
    assert refused(lambda: services.appeal_verdict(provider.actor, case=case, text="再来")) == 409
    assert Appeal.objects.count() == 1


def test_appeal_stops_the_clock(report, operator, provider):
    case = confirmed(operator.actor, report)
    services.appeal_verdict(provider.actor, case=case, text="判断有误。")
    with clock.standing_at(clock.now() + timedelta(days=100)):
        services.sweep_cases(SYSTEM)
    case.refresh_from_db()
    assert case.status == "appealed"


def test_violation_lapses_by_its_day(report, operator, provider):
    case = in_force(operator.actor, report)
    before = clock.now()
    with clock.standing_at(before + timedelta(days=729)):
        assert services.sweep_cases(SYSTEM) == 0
        assert selectors.gates_in_force(clock.now())
    with clock.standing_at(before + timedelta(days=731)):
        assert services.sweep_cases(SYSTEM) == 1
        assert selectors.gates_in_force(clock.now()) == {}
    case.refresh_from_db()
    assert (case.status, case.due_on) == ("lapsed", None)
    assert selectors.gates_in_force(before + timedelta(days=1)) == {provider.party.pk: ["severe"]}


def test_party_is_reminded_once_of_its_last_day(report, operator, provider):
    case = notified(operator.actor, report)
    near = clock.now() + (case.due_on - clock.today()) * 1
    with clock.standing_at(near):
        assert services.sweep_cases(SYSTEM) == 1
        assert services.sweep_cases(SYSTEM) == 0
    assert Notice.objects.filter(user=provider.user, event="conduct.answer_due").count() == 1


def test_operator_with_a_part_in_it_does_not_decide(provider, operator):
    report = reported(operator.actor, provider.party)
    assert (
        refused(lambda: services.dismiss_case(operator.actor, case=report.case, reason="x")) == 403
    )


def test_parties_never_decide(report, merchant, provider):
    for person in (merchant, provider):
        call = partial(services.dismiss_case, person.actor, case=report.case, reason="x")
        assert refused(call) == 403


# --- an appeal taken back -------------------------------------------------------------------------


def test_withdrawn_appeal_puts_the_decision_in_force(report, operator, provider):
    case = confirmed(operator.actor, report)
    call = partial(services.withdraw_verdict_appeal, provider.actor, case=case)
    assert refused(call) == 409, "there is none yet"
    services.appeal_verdict(provider.actor, case=case, text="证据不全。")
    case = services.withdraw_verdict_appeal(provider.actor, case=case)
    assert (case.status, case.final_at is not None) == ("final", True)
    assert Notice.objects.filter(user=provider.user, event="conduct.final").exists()
    assert refused(call) == 409
    again = partial(services.appeal_verdict, provider.actor, case=case, text="再来一次。")
    assert refused(again) == 409


def test_nobody_else_withdraws_an_appeal(report, operator, provider, merchant):
    case = confirmed(operator.actor, report)
    services.appeal_verdict(provider.actor, case=case, text="证据不全。")
    for person in (merchant, operator):
        call = partial(services.withdraw_verdict_appeal, person.actor, case=case)
        assert refused(call) == 403
    case.refresh_from_db()
    assert case.status == "appealed"


# --- what the database keeps ----------------------------------------------------------------------


def test_database_wants_a_second_judge(report, operator):
    case = confirmed(operator.actor, report)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            case=case,
            stage="appeal",
            outcome="upheld",
            reason="x",
            by=operator.user,
            first_by=operator.user,
            at=clock.now(),
        )


@pytest.mark.parametrize(
    "change",
    [
        {"status": "final"},
        {"status": "lapsed", "due_on": None},
        {"status": "heard"},
        {"due_on": None},
        {"points": 3},
        {"notified_at": clock.now()},
        {"final_at": clock.now()},
    ],
)
def test_database_ties_the_status_to_its_facts(report, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=report.case.pk).update(**change)


def test_decisions_are_never_changed(report, operator):
    services.dismiss_case(operator.actor, case=report.case, reason="没有证据。")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.update(reason="别的")
