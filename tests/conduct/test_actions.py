"""Corrective actions and measures: asked, handed in, checked, late; imposed and ended."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from portal.conduct import services
from portal.conduct.fields import ActionFields
from portal.conduct.models import ActionStep, Case, CorrectiveAction, Measure
from portal.conduct.states import ACTION_TRANSITIONS, ActionStatus, MeasureKind
from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import services as parties
from portal.parties.models import Suspension
from tests import factories
from tests.conduct.making import asked, confirmed, in_force, reported
from tests.conftest import staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(merchant, provider, operator) -> Case:
    return in_force(operator.actor, reported(merchant.actor, provider.party))


@pytest.fixture
def action(case, operator) -> CorrectiveAction:
    return asked(operator.actor, case)


def refused(call) -> int:
    before = list(CorrectiveAction.objects.values()), list(Measure.objects.values())
    audited = AuditEntry.objects.count()
    with pytest.raises(Refused) as caught:
        call()
    assert (list(CorrectiveAction.objects.values()), list(Measure.objects.values())) == before
    assert AuditEntry.objects.count() == audited
    return caught.value.verdict.status


def hand_in(person, action, **more):
    return services.hand_in_action(person.actor, action=action, text="已退款。", **more)


def test_every_state_is_left_as_written():
    assert set(ACTION_TRANSITIONS) == set(ActionStatus)
    assert all(
        goal in ACTION_TRANSITIONS for goals in ACTION_TRANSITIONS.values() for goal in goals
    )


def test_nothing_is_asked_before_the_appeal_is_over(merchant, provider, operator):
    case = confirmed(operator.actor, reported(merchant.actor, provider.party))
    assert refused(lambda: asked(operator.actor, case)) == 409
    call = partial(
        services.impose_measure,
        operator.actor,
        case=case,
        kind=MeasureKind.SUSPEND,
        reason="x",
        until=clock.now() + DAY,
    )
    assert refused(call) == 409


def test_action_done_in_time_is_on_time_however_long_the_check(action, provider, operator):
    hand_in(provider, action, evidence=[factories.picture()])
    with clock.standing_at(clock.now() + 60 * DAY):
        done = services.accept_action(operator.actor, action=action, reason="已核对退款记录。")
    assert (done.status, done.is_on_time) == ("done", True)
    steps = list(action.steps.order_by("pk").values_list("step", flat=True))
    assert steps == ["asked", "handed_in", "done"]
    assert Notice.objects.filter(user=provider.user, event="conduct.action_done").exists()


def test_action_returned_may_be_handed_in_again(action, provider, operator):
    hand_in(provider, action)
    services.return_action(operator.actor, action=action, reason="缺转账凭证。")
    assert CorrectiveAction.objects.get().status == "open"
    hand_in(provider, action)
    assert CorrectiveAction.objects.get().status == "handed_in"


def test_late_action_is_overdue_and_done_late(action, provider, operator):
    with clock.standing_at(clock.now() + 11 * DAY):
        assert services.sweep_actions(SYSTEM) == 1
        assert services.sweep_actions(SYSTEM) == 0
        assert CorrectiveAction.objects.get().status == "overdue"
        assert Notice.objects.filter(event="conduct.action_overdue").count() == 1
        hand_in(provider, action)
        done = services.accept_action(operator.actor, action=action, reason="退了。")
    assert (done.status, done.is_on_time) == ("done", False)


def test_action_never_done_ends_as_not_done(action, operator):
    fail = partial(services.fail_action, operator.actor, action=action, reason="没有做。")
    assert refused(fail) == 409, "its day has not passed"
    with clock.standing_at(clock.now() + 11 * DAY):
        services.sweep_actions(SYSTEM)
        failed = fail()
    assert (failed.status, failed.is_on_time) == ("not_done", False)


def test_more_time_counts_from_then_on(action, provider, operator):
    later = clock.today() + 30 * DAY
    services.extend_action(operator.actor, action=action, due_on=later, reason="对账需要时间。")
    with clock.standing_at(clock.now() + 25 * DAY):
        assert services.sweep_actions(SYSTEM) == 0
        hand_in(provider, action)
        done = services.accept_action(operator.actor, action=action, reason="好。")
    assert done.is_on_time


def test_party_is_reminded_once_before_each_day(action, operator, provider):
    with clock.standing_at(clock.now() + 8 * DAY):
        assert services.sweep_actions(SYSTEM) == 1
        assert services.sweep_actions(SYSTEM) == 0
        later = clock.today() + 2 * DAY
        services.extend_action(operator.actor, action=action, due_on=later, reason="再给两天。")
        later = clock.today() + 3 * DAY
        services.extend_action(operator.actor, action=action, due_on=later, reason="再给一天。")
        assert services.sweep_actions(SYSTEM) == 1
    assert Notice.objects.filter(user=provider.user, event="conduct.action_due").count() == 2


def test_only_its_party_hands_in_and_only_operators_check(action, merchant, provider, operator):
    for person in (merchant, operator):
        assert refused(lambda person=person: hand_in(person, action)) == 403
    hand_in(provider, action)
    check = partial(services.accept_action, provider.actor, action=action, reason="x")
    assert refused(check) == 403


@pytest.mark.parametrize(
    "fields",
    [
        ActionFields("", "做什么", clock.today() + 5 * DAY),
        ActionFields("题\n目", "做什么", clock.today() + 5 * DAY),
        ActionFields("题目", " ", clock.today() + 5 * DAY),
        ActionFields("题目", "做什么", clock.today()),
    ],
)
def test_unsound_action_is_refused(case, operator, fields):
    ask = partial(services.ask_action, operator.actor, case=case, fields=fields)
    assert refused(ask) == 422


def test_steps_are_never_changed(action):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ActionStep.objects.update(text="别的")


def test_database_wants_a_closed_action_judged(action):
    for change in ({"status": "done"}, {"closed_at": clock.now()}, {"status": "handed_in"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CorrectiveAction.objects.update(**change)


# --- measures -------------------------------------------------------------------------------------


def impose(person, case, kind, days=10):
    return services.impose_measure(
        person.actor, case=case, kind=kind, reason="严重违规。", until=clock.now() + days * DAY
    )


def status_of(person) -> str:
    person.party.refresh_from_db()
    return person.party.status


def test_suspension_ends_with_its_time(case, provider, operator):
    measure = impose(operator, case, MeasureKind.SUSPEND)
    assert status_of(provider) == "suspended"
    assert measure.suspension == Suspension.objects.get()
    with clock.standing_at(clock.now() + 11 * DAY):
        assert services.sweep_measures(SYSTEM) == 1
        assert services.sweep_measures(SYSTEM) == 0
    assert status_of(provider) == "listed"
    measure.refresh_from_db()
    assert measure.ended_at is not None


def test_suspension_lifted_elsewhere_ends_the_measure(case, provider, operator):
    measure = impose(operator, case, MeasureKind.SUSPEND)
    provider.party.refresh_from_db()
    parties.lift_suspension(operator.actor, party=provider.party, reason="申诉成立")
    assert services.sweep_measures(SYSTEM) == 1
    measure.refresh_from_db()
    assert measure.ended_why == "the suspension was lifted"


def test_hidden_party_cannot_list_itself_until_the_measure_ends(case, provider, operator):
    measure = impose(operator, case, MeasureKind.HIDE)
    assert status_of(provider) == "hidden"
    with pytest.raises(Refused) as caught:
        parties.list_party(provider.actor, party=provider.party)
    assert caught.value.verdict.status == 409
    services.end_measure(operator.actor, measure=measure, reason="已整改。")
    assert status_of(provider) == "listed"


def test_hiding_ends_by_itself(case, provider, operator):
    impose(operator, case, MeasureKind.HIDE)
    with clock.standing_at(clock.now() + 11 * DAY):
        assert services.sweep_measures(SYSTEM) == 1
    assert status_of(provider) == "listed"


def test_same_measure_is_not_taken_twice(case, operator):
    impose(operator, case, MeasureKind.HIDE)
    assert refused(lambda: impose(operator, case, MeasureKind.HIDE)) == 409


def test_measure_ends_before_its_violation_lapses(case, operator):
    assert refused(lambda: impose(operator, case, MeasureKind.HIDE, days=800)) == 422
    assert refused(lambda: impose(operator, case, MeasureKind.HIDE, days=-1)) == 422


def test_who_may_not_suspend_takes_no_suspension(case, operator):
    reviewer = staff_person("reviewer")
    assert refused(lambda: impose(reviewer, case, MeasureKind.SUSPEND)) == 403
