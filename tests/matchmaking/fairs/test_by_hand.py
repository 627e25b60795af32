"""A plan changed by hand: what fits, who is told, and two who change it at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.fairs import selectors, services
from matchmaking.fairs.models import Meeting
from matchmaking.fairs.rules import Place
from matchmaking.fairs.states import FairStatus
from portal.core import clock, outbox
from portal.core.verdict import Kind, Refused
from portal.notices.models import Notice
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

# of each brand with the three creators in turn: nobody is in two places
PLACES = ((0, 0), (1, 0), (2, 0), (2, 1), (0, 1), (1, 1))
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(merchant, creator):
    """Two brands and three creators at two tables: three slots are full, the others free."""
    brand = person_of(factories.listed_party(PartyKind.MERCHANT, "第二品牌"))
    more = [person_of(factories.listed_party(PartyKind.CREATOR, f"达人{n}")) for n in range(2)]
    starts = clock.now().replace(hour=1, minute=0) + timedelta(days=14)
    fair = open_fair(tables=2, starts_at=starts, ends_at=starts + timedelta(hours=7))
    for one in (merchant, brand, creator, *more):
        signed_up(one.actor, fair, one.party)
    with clock.standing_at(clock.now() + timedelta(days=11)):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    plan = services.plan_now(SYSTEM, fair=fair)
    rows = list(plan.meetings.order_by("left__party", "right__party"))
    for at, row in enumerate(rows):  # somewhere else first: no two may stand at one table
        Meeting.objects.filter(pk=row.pk).update(slot=100 + at)
    for row, (slot, table) in zip(rows, PLACES, strict=True):
        Meeting.objects.filter(pk=row.pk).update(slot=slot, table=table)
    return plan


def move(actor, meeting, slot, table, seen=None):
    return services.move_meeting(actor, meeting=meeting, place=Place(slot, table), seen=seen)


def first_of(plan):
    return plan.meetings.order_by("slot", "table")[0]


def test_meeting_goes_where_both_have_time_and_stays_there(plan, operator):
    meeting = first_of(plan)
    [(_at, free), *_later] = selectors.places_for(meeting)[-1:]
    moved = move(operator.actor, meeting, free[0].slot, free[0].table, seen=1)
    plan.refresh_from_db()
    assert (moved.is_fixed, plan.version) == (True, 2)
    again = services.plan_now(SYSTEM, fair=plan.fair)
    assert not again.meetings.filter(is_fixed=True).exists()  # of the published plan only


def test_who_stands_there_changes_places(plan, operator):
    meeting = first_of(plan)
    other = plan.meetings.get(slot=meeting.slot, table=1 - meeting.table)
    move(operator.actor, meeting, other.slot, other.table)
    other.refresh_from_db()
    assert (other.slot, other.table) == (meeting.slot, meeting.table)


def test_two_of_one_brand_change_places(plan, operator):
    """The brand sits at its table the whole day: its meetings change their times."""
    plan.meetings.filter(table=1).delete()
    first, second = plan.meetings.order_by("slot")[:2]
    assert first.left_id == second.left_id
    move(operator.actor, first, second.slot, second.table)
    at = dict(plan.meetings.values_list("pk", "slot"))
    assert (at[first.pk], at[second.pk]) == (second.slot, 0)


@pytest.mark.parametrize(("slot", "table"), [(99, 0), (0, 7), ("pause", 0), ("busy", 0)])
def test_place_that_does_not_fit_is_refused(plan, operator, slot, table):
    meeting = first_of(plan)
    busy = plan.meetings.filter(left=meeting.left_id).exclude(pk=meeting.pk)[0]
    staying = plan.meetings.filter(slot=busy.slot).exclude(pk=busy.pk)[0]
    slot = {"pause": plan.pauses[0], "busy": busy.slot}.get(slot, slot)
    table = staying.table if slot == busy.slot else table
    with pytest.raises(Refused):
        move(operator.actor, meeting, slot, table)
    meeting.refresh_from_db()
    assert not meeting.is_fixed


def test_second_of_two_looks_again_first(plan, operator):
    one, other = plan.meetings.order_by("slot", "table")[:2]
    services.fix_meeting(operator.actor, meeting=one, fixed=True, seen=1)
    for late in (
        lambda: move(operator.actor, other, 5, 0, seen=1),
        lambda: services.fix_meeting(operator.actor, meeting=other, fixed=True, seen=1),
        lambda: services.publish_plan(operator.actor, plan=plan, seen=1),
    ):
        with pytest.raises(Refused) as refused:
            late()
        assert refused.value.verdict.kind == Kind.CONFLICT


def test_both_sides_are_told_and_the_desk_moves_on_the_day(plan, merchant, operator):
    services.publish_plan(SYSTEM, plan=plan)
    meeting = plan.meetings.filter(left__party=merchant.party).order_by("-slot")[0]
    [*_before, (_at, free)] = selectors.places_for(meeting)
    with clock.standing_at(plan.fair.starts_at + timedelta(minutes=1)):
        services.sweep_fairs(SYSTEM)
        move(operator.actor, meeting, free[-1].slot, free[-1].table)
        with pytest.raises(Refused):  # has begun
            move(operator.actor, meeting, 0, free[-1].table)
    outbox.dispatch()
    assert Notice.objects.filter(user=merchant.user, event="fair.moved").count() == 1


def test_only_operators_move_and_not_when_it_is_over(plan, merchant, operator):
    with pytest.raises(Refused):
        move(merchant.actor, first_of(plan), 5, 0)
    type(plan.fair).objects.filter(pk=plan.fair_id).update(
        status=FairStatus.CLOSED, ended_at=clock.now()
    )
    with pytest.raises(Refused):
        move(operator.actor, first_of(plan), 5, 0)


def test_pages_move_it_without_a_script(plan, operator, merchant):
    meeting, browser = first_of(plan), operator.browser()
    url = reverse("meeting_move", args=[meeting.pk])
    page = browser.get(url)
    assert page.status_code == 200
    at = page.context["places"][-1][1][0]
    assert browser.post(url, {"place": "x"}).status_code == 422
    body = {"place": f"{at.slot}:{at.table}", "version": plan.version}
    assert browser.post(url, body).status_code == 302
    assert browser.post(url, {"place": "0:0", "version": plan.version}).status_code == 409
    assert merchant.browser().get(url).status_code == 403
