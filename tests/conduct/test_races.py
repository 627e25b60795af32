"""Two at the same moment: one wins, the other is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.conduct import services
from portal.conduct.models import Case, CorrectiveAction, Decision
from portal.conduct.states import Outcome
from portal.core import clock
from portal.core.verdict import Refused
from portal.parties.models import Party
from tests import factories
from tests.conduct.making import asked, confirmed, heard, in_force, reported
from tests.conftest import staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


def one_refused(answers) -> None:
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.verdict.status == 409


def test_two_judges_take_one_decision(merchant, provider, operator):
    case = heard(operator.actor, reported(merchant.actor, provider.party))
    second = staff_person("risk")
    answers = factories.at_once(
        lambda: services.confirm_case(operator.actor, case=case, reason="是"),
        lambda: services.dismiss_case(second.actor, case=case, reason="否"),
        behind=Case.objects.filter(pk=case.pk),
    )
    one_refused(answers)
    assert Decision.objects.count() == 1


def test_two_judges_answer_an_appeal_once(merchant, provider, operator):
    case = confirmed(operator.actor, reported(merchant.actor, provider.party))
    services.appeal_verdict(provider.actor, case=case, text="有误")
    people = (staff_person("risk"), staff_person("reviewer"))
    outcomes = (Outcome.UPHELD, Outcome.OVERTURNED)
    calls = [
        lambda person=person, outcome=outcome: services.judge_verdict(
            person.actor, case=case, outcome=outcome, reason="看过了"
        )
        for person, outcome in zip(people, outcomes, strict=True)
    ]
    one_refused(factories.at_once(*calls, behind=Case.objects.filter(pk=case.pk)))
    assert Decision.objects.filter(stage="appeal").count() == 1


def test_appeal_at_the_last_moment_or_in_force_never_both(merchant, provider, operator):
    case = confirmed(operator.actor, reported(merchant.actor, provider.party))
    over = clock.now() + timedelta(days=60)

    def sweep():
        with clock.standing_at(over):
            return services.sweep_cases(SYSTEM)

    factories.at_once(
        lambda: services.appeal_verdict(provider.actor, case=case, text="有误"),
        sweep,
        behind=Case.objects.filter(pk=case.pk),
    )
    case.refresh_from_db()
    assert (case.status == "appealed") == hasattr(case, "appeal")


def test_two_reports_at_once_make_one_case(merchant, rival, provider):
    factories.at_once(
        lambda: reported(merchant.actor, provider.party),
        lambda: reported(rival.actor, provider.party),
        behind=Party.objects.filter(pk=provider.party.pk),
    )
    assert Case.objects.count() == 1
    assert Case.objects.get().reports.count() == 2


def test_handed_in_while_it_is_swept(merchant, provider, operator):
    case = in_force(operator.actor, reported(merchant.actor, provider.party))
    action = asked(operator.actor, case)

    def sweep():
        with clock.standing_at(clock.now() + timedelta(days=20)):
            return services.sweep_actions(SYSTEM)

    factories.at_once(
        lambda: services.hand_in_action(provider.actor, action=action, text="做了"),
        sweep,
        behind=Case.objects.filter(pk=case.pk),
    )
    assert CorrectiveAction.objects.get().status == "handed_in"
