"""Wishes, and the plan that is proved to be as good as it is."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from matchmaking.fairs import selectors, services
from matchmaking.fairs.models import Meeting, MeetingPlan, Wish
from matchmaking.fairs.states import Mark, PlanStatus
from portal.core import clock, jobs, outbox
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(merchant, creator):
    """A fair of two brands and three creators, sign-up over."""
    brand = person_of(factories.listed_party(PartyKind.MERCHANT, "第二品牌"))
    more = [person_of(factories.listed_party(PartyKind.CREATOR, f"达人{n}")) for n in range(2)]
    fair = open_fair(tables=2)
    made = [signed_up(one.actor, fair, one.party) for one in (merchant, brand, creator, *more)]
    with clock.standing_at(clock.now() + timedelta(days=11)):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    return fair, made


def wish(person, one, other, mark):
    return services.make_wishes(person.actor, sign_up=one, marks={other.pk: mark})


def test_wishes_are_of_the_other_side_and_can_be_taken_back(people, merchant, creator):
    _fair, [brand, other_brand, mine, *_rest] = people
    assert wish(merchant, brand, mine, Mark.MUST) == 1
    assert wish(merchant, brand, mine, Mark.MUST) == 0
    [first, *_more] = selectors.candidates_of(mine)
    assert (first.sign_up.pk, first.wants_you) == (brand.pk, True)
    for person, one, other in ((merchant, brand, other_brand), (creator, brand, mine)):
        with pytest.raises(Refused):
            wish(person, one, other, Mark.NO)
    assert wish(merchant, brand, mine, "") == 1
    assert not Wish.objects.exists()


def test_api_takes_several_wishes_at_once(people, merchant):
    _fair, [brand, _other, mine, *_rest] = people
    url, browser = f"/api/v1/fair-signups/{brand.pk}/wishes/", merchant.browser()
    assert len(browser.get(url).json()) == 3
    body = json.dumps({"wishes": [{"sign_up": str(mine.pk), "mark": "maybe"}]})
    answer = browser.post(url, body, content_type="application/json").json()
    assert {row["mark"] for row in answer if row["sign_up"] == str(mine.pk)} == {"maybe"}


def test_plan_is_made_in_the_background_published_and_told(people, merchant, operator):
    fair, [brand, _other, mine, *_rest] = people
    wish(merchant, brand, mine, Mark.MUST)
    job = services.start_plan(operator.actor, fair=fair, seed=3)
    with pytest.raises(Refused):
        services.start_plan(operator.actor, fair=fair)
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.error
    plan = MeetingPlan.objects.get()
    assert plan.meetings.count() == 6  # every pair: nobody said no
    assert plan.value == plan.upper_bound
    assert {row["got"] for row in plan.unmet} == {2}  # there are two brands only
    services.publish_plan(operator.actor, plan=plan)
    fair.refresh_from_db()
    assert fair.status == "scheduled"
    outbox.dispatch()
    assert Notice.objects.filter(user=merchant.user, event="fair.planned").count() == 1
    assert len(selectors.agenda_of(brand)) == 3
    with pytest.raises(Refused):
        wish(merchant, brand, mine, Mark.NO)


def test_no_keeps_a_pair_apart_and_says_why(people, merchant, creator):
    fair, [brand, _other, mine, *_rest] = people
    wish(merchant, brand, mine, Mark.MUST)
    wish(creator, mine, brand, Mark.NO)
    plan = services.plan_now(SYSTEM, fair=fair)
    assert not plan.meetings.filter(left=brand.pk, right=mine.pk).exists()
    assert [row["reason"] for row in plan.lacking] == ["no"]


def test_planned_anew_fixed_meetings_stand_and_the_difference_is_shown(people, operator):
    fair, _made = people
    first = services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair, seed=1))
    kept = first.meetings.order_by("-slot", "table")[0]
    services.fix_meeting(operator.actor, meeting=kept, fixed=True)
    second = services.plan_now(SYSTEM, fair=fair, seed=99)
    again = second.meetings.get(left=kept.left_id, right=kept.right_id)
    assert (again.slot, again.is_fixed) == (kept.slot, True)
    change = selectors.difference(first, second)
    assert change.same + change.moved == 6
    assert change.added == change.dropped == 0
    services.publish_plan(SYSTEM, plan=second)
    first.refresh_from_db()
    assert first.status == PlanStatus.REPLACED


def test_same_seed_makes_the_same_plan(people):
    fair, _made = people
    plans = [services.plan_now(SYSTEM, fair=fair, seed=5) for _time in range(2)]
    places = [list(p.meetings.values_list("left", "right", "slot", "table")) for p in plans]
    assert sorted(places[0]) == sorted(places[1])


def test_database_refuses_two_meetings_at_one_table(people):
    fair, _made = people
    plan = services.plan_now(SYSTEM, fair=fair)
    one, other = plan.meetings.order_by("slot", "pk")[:2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=other.pk).update(slot=one.slot, table=one.table)


def test_plan_is_for_operators_while_sign_up_is_over(people, merchant, operator):
    fair, _made = people
    with pytest.raises(Refused):
        services.start_plan(merchant.actor, fair=fair)
    with pytest.raises(Refused):
        services.start_plan(operator.actor, fair=open_fair())


def test_pages_of_wishes_and_of_the_plan(people, merchant, operator):
    fair, [brand, _other, mine, *_rest] = people
    url, browser = reverse("sign_up_wishes", args=[brand.pk]), merchant.browser()
    assert browser.get(url).status_code == 200
    assert browser.post(url, {f"mark-{mine.pk}": "must", "mark-x": "no"}).status_code == 302
    assert Wish.objects.get().mark == "must"
    assert browser.get(reverse("fair_plan", args=[fair.pk])).status_code == 403
    desk, page = operator.browser(), reverse("fair_plan", args=[fair.pk])
    assert desk.get(page).status_code == 200
    assert desk.post(reverse("fair_planning", args=[fair.pk])).status_code == 302
    assert "hx-trigger" in desk.get(page).content.decode()
    plan = services.plan_now(SYSTEM, fair=fair)
    shown = desk.get(page)
    assert brand.party.name in shown.text
    [small, every] = shown.context["spread"]
    assert (small.brands, small.meetings) == (every.brands, plan.meetings.count())
    meeting = plan.meetings.all()[0]
    fixing = reverse("meeting_fixing", args=[meeting.pk])
    assert desk.post(fixing, {"fixed": "1"}).status_code == 302
    assert desk.post(reverse("plan_publication", args=[plan.pk])).status_code == 302
    shown = browser.get(brand.get_absolute_url()).content.decode()
    assert mine.party.name in shown
