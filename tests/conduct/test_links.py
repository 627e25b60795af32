"""From a fact to the case or the action behind it; webhooks of the party a case is about."""

import pytest

from portal.conduct import services
from portal.conduct.webhook_events import accused, case_data
from portal.evaluation.models import Fact
from portal.evaluation.selectors.facts import row_behind
from portal.webhooks.catalogue import event_names, heard
from tests.conduct.making import CHARGE, asked, in_force, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(merchant, operator, provider):
    return in_force(operator.actor, reported(merchant.actor, provider.party))


def test_points_lead_to_the_case_of_those_who_may_read_it(case, provider, rival, operator):
    fact = Fact.objects.get(measure="violation_points")
    assert row_behind(provider.actor, fact).url == case.get_absolute_url()
    assert row_behind(rival.actor, fact).url is None
    assert f"/admin/conduct/case/{case.pk}/" in (row_behind(operator.actor, fact).url or "")
    fact.ref_id = "no key"
    assert row_behind(provider.actor, fact).url is None


def test_items_lead_to_the_action(case, provider, rival, operator):
    action = asked(operator.actor, case)
    services.hand_in_action(provider.actor, action=action, text="已退款。")
    services.accept_action(operator.actor, action=action, reason="已核对。")
    fact = Fact.objects.get(measure="plan_item")
    assert row_behind(provider.actor, fact).url == action.get_absolute_url()
    assert row_behind(rival.actor, fact).url is None


def test_machines_hear_of_a_case_once_its_party_was_told(merchant, operator, provider):
    case = reported(merchant.actor, provider.party).case
    assert accused(case) == []
    case = services.notify_case(operator.actor, case=case, charge=CHARGE)
    assert accused(case) == [provider.party.pk]
    told = case_data(case, provider.party.pk)
    assert (told["status"], told["rule"]) == ("notified", case.rule.code)
    assert merchant.party.name not in str(told)
    assert {"conduct.notified", "conduct.in_force", "conduct.lapsed"} <= event_names()
    assert [one.name for one in heard("conduct.case", "withdraw_verdict_appeal")] == [
        "conduct.in_force"
    ]
