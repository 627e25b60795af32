"""Improvement plans: two signatures, items by their day, the fact each makes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from portal.core import clock
from portal.core.verdict import Refused
from portal.evaluation import services
from portal.evaluation.fields import ItemFields, PlanFields
from portal.evaluation.models import Fact, Plan
from portal.evaluation.states import ItemOutcome, PlanStatus
from portal.notices.models import Notice
from tests.factories import SYSTEM, picture

pytestmark = pytest.mark.django_db
PLANS = "/api/v1/improvement-plans/"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def plan_fields(*days, title="提升计划"):
    items = [
        ItemFields(f"第 {n} 项", clock.today() + timedelta(days=day), "T1")
        for n, day in enumerate(days or (10,))
    ]
    return PlanFields(title, items)


def drafted(person, party, *days):
    return services.draft_plan(person.actor, party=party, fields=plan_fields(*days))


@pytest.fixture
def agreed(provider, operator):
    plan = drafted(provider, provider.party, 10, 20)
    services.sign_plan(provider.actor, plan=plan)
    return services.sign_plan(operator.actor, plan=plan)


def hand_in(person, item):
    return services.hand_in_item(
        person.actor, item=item, report="8 人通过考试。", evidence=[picture()]
    )


def test_plan_is_agreed_with_the_second_signature(provider, operator):
    plan = services.sign_plan(provider.actor, plan=drafted(provider, provider.party))
    assert plan.status == PlanStatus.PROPOSED
    plan = services.sign_plan(operator.actor, plan=plan)
    assert plan.status == PlanStatus.AGREED
    assert (plan.party_signed_by, plan.platform_signed_by) == (provider.user, operator.user)


def test_platform_drafts_for_a_party_which_signs(provider, operator):
    plan = drafted(operator, provider.party)
    assert not Plan.objects.visible_to(provider.actor).exists()
    with pytest.raises(Refused):
        services.sign_plan(provider.actor, plan=plan)
    plan = services.sign_plan(operator.actor, plan=plan)
    assert Plan.objects.visible_to(provider.actor).get() == plan
    assert services.sign_plan(provider.actor, plan=plan).status == PlanStatus.AGREED


def test_one_side_does_not_sign_twice(provider):
    plan = services.sign_plan(provider.actor, plan=drafted(provider, provider.party))
    with pytest.raises(Refused, match="other side"):
        services.sign_plan(provider.actor, plan=plan)


def test_plan_without_items_is_not_signed(provider):
    plan = services.draft_plan(provider.actor, party=provider.party, fields=PlanFields("空"))
    with pytest.raises(Refused, match="at least one item"):
        services.sign_plan(provider.actor, plan=plan)


def test_plan_comes_back_without_signatures(provider, operator):
    plan = services.sign_plan(provider.actor, plan=drafted(provider, provider.party))
    plan = services.return_plan(operator.actor, plan=plan, why="期限太远")
    assert plan.status == PlanStatus.DRAFT
    assert plan.party_signed_at is None
    services.edit_plan(provider.actor, plan=plan, fields=plan_fields(5))


def test_signed_plan_does_not_change(agreed, provider):
    with pytest.raises(Refused, match="signed"):
        services.edit_plan(provider.actor, plan=agreed, fields=plan_fields(5))


def test_strangers_have_no_plans(provider, rival, merchant):
    for person in (rival, merchant):
        with pytest.raises(Refused):
            drafted(person, provider.party)
    with pytest.raises(Refused):
        drafted(merchant, merchant.party)
    assert not Plan.objects.exists()


def test_item_on_time_makes_a_fact(agreed, provider, operator):
    first, last = agreed.items.all()
    item = services.accept_item(operator.actor, item=hand_in(provider, first))
    assert item.outcome == ItemOutcome.ON_TIME
    fact = Fact.objects.get(measure="plan_item")
    assert (fact.party, fact.value) == (provider.party, 100.0)
    agreed.refresh_from_db()
    assert agreed.status == PlanStatus.AGREED
    services.accept_item(operator.actor, item=hand_in(provider, last))
    agreed.refresh_from_db()
    assert agreed.status == PlanStatus.CLOSED


def test_day_of_handing_in_counts_not_that_of_the_check(agreed, provider, operator):
    item = agreed.items.first()
    with clock.standing_at(clock.now() + timedelta(days=10)):
        hand_in(provider, item)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        assert services.sweep_plan_items(SYSTEM) == 1  # the other item is due soon
        item = services.accept_item(operator.actor, item=item)
    assert item.outcome == ItemOutcome.ON_TIME


def test_item_handed_in_late_counts_as_late(agreed, provider, operator):
    with clock.standing_at(clock.now() + timedelta(days=11)):
        item = hand_in(provider, agreed.items.first())
        item = services.accept_item(operator.actor, item=item)
        assert item.outcome == ItemOutcome.LATE
    assert Fact.objects.get(measure="plan_item").value == 0.0


def test_item_handed_back_may_be_handed_in_again(agreed, provider, operator):
    item = services.hand_back_item(
        operator.actor, item=hand_in(provider, agreed.items.first()), why="缺名单"
    )
    assert item.handed_in_at is None
    assert hand_in(provider, item).handed_in_at is not None


def test_sweep_reminds_then_ends(agreed, provider):
    assert services.sweep_plan_items(SYSTEM) == 0
    now = clock.now()
    for days, moved in ((3, 1), (4, 0), (9, 1), (10, 0), (11, 1), (12, 0)):
        with clock.standing_at(now + timedelta(days=days)):
            assert services.sweep_plan_items(SYSTEM) == moved, days
    assert agreed.items.first().outcome == ItemOutcome.MISSED
    assert Notice.objects.filter(event="plan.item", user=provider.user).count() == 3


def test_database_wants_two_people(agreed, provider):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=agreed.pk).update(platform_signed_by=provider.user)


def test_members_do_not_check_their_own_items(agreed, provider):
    item = hand_in(provider, agreed.items.first())
    with pytest.raises(Refused):
        services.accept_item(provider.actor, item=item)


def test_platform_drafts_signs_and_checks_over_the_api(provider, operator):
    """The same services as in the admin: another wording, both signatures, one item reworked."""
    theirs, ours = operator.browser(), provider.browser()
    due = (clock.today() + timedelta(days=10)).isoformat()

    def post(client, path, status=200, **body):
        answer = client.post(f"{PLANS}{path}", body, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    draft = {"title": "提升计划", "items": [{"text": "考证", "due_on": due}]}
    assert post(theirs, "", 422, **draft)
    plan = post(theirs, "", 201, party=provider.party.pk, **draft)
    assert ours.get(f"{PLANS}{plan['id']}/").status_code == 404  # the platform still drafts it
    better = draft | {"title": "人才提升计划"}
    edited = theirs.put(f"{PLANS}{plan['id']}/", better, content_type="application/json").json()
    assert (edited["title"], edited["party"]) == ("人才提升计划", provider.party.pk)
    for client in (theirs, ours):
        signed = post(client, f"{plan['id']}/signature/")
    assert signed["status"] == "agreed"
    item = signed["items"][0]["id"]
    post(ours, f"{plan['id']}/acceptance/", 403, item=item)
    for last in (False, True):
        post(ours, f"{plan['id']}/report/", item=item, report="8 人通过。")
        if not last:
            post(theirs, f"{plan['id']}/rework/", item=item, why="看不清编号")
    closed = post(theirs, f"{plan['id']}/acceptance/", item=item)
    assert (closed["status"], closed["items"][0]["outcome"]) == ("closed", "on_time")
