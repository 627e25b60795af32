"""The page of a plan: its grid in parts, what a plan changes, and what it leaves unmet."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from matchmaking.fairs import selectors, services
from matchmaking.fairs.exports import PLANS
from matchmaking.fairs.models import Meeting, Wish
from matchmaking.fairs.rules import Place
from matchmaking.fairs.services.tables import tables_kept
from matchmaking.fairs.states import Mark
from portal.core import clock
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(merchant, creator):
    """A published plan at 14 tables: one brand, two creators, one of whom it must meet."""
    other = person_of(factories.listed_party(PartyKind.CREATOR, "另一位"))
    starts = (clock.now() + timedelta(days=14)).replace(hour=2)  # 10 o'clock in Shanghai
    fair = open_fair(tables=14, starts_at=starts, ends_at=starts + timedelta(hours=8))
    made = [signed_up(one.actor, fair, one.party) for one in (merchant, creator, other)]
    services.make_wishes(merchant.actor, sign_up=made[0], marks={made[1].pk: Mark.MUST})
    with clock.standing_at(clock.now() + timedelta(days=11)):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    plan = services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair, seed=1))
    return fair, plan, made


def page_of(operator, fair, **query):
    return operator.browser().get(reverse("fair_plan", args=[fair.pk]), query)


def test_plan_made_anew_says_meeting_by_meeting_what_changes(planned, operator, creator):
    fair, plan, [brand, mine, other] = planned
    kept = plan.meetings.get(right=mine.pk)
    services.move_meeting(operator.actor, meeting=kept, place=Place(6, 13))
    services.withdraw_sign_up(SYSTEM, sign_up=other)
    again = services.plan_now(SYSTEM, fair=fair, seed=2)
    assert selectors.plan_before(again) == plan
    change = selectors.difference(plan, again)
    assert (change.same, change.moved, change.added, change.dropped) == (1, 0, 0, 1)
    assert change.touched == {brand.pk, other.pk}
    page = page_of(operator, fair)
    [row] = page.context["changes"]
    assert (row.kind, row.right, row.after) == ("dropped", other.party.name, None)
    said = operator.browser().get(f"/api/v1/fair-plans/{again.pk}/").json()
    assert (said["beside"], [one["kind"] for one in said["changes"]]) == (1, ["dropped"])
    assert (said["kept"]["without_seat"], said["heads"][0]["counts"]) == (0, [1])
    before = selectors.kept_rules(plan)
    assert (before.without_seat, before.broken) == (1, 1)
    assert "t-bad" in page_of(operator, fair, plan=1).text
    services.publish_plan(SYSTEM, plan=again)
    plan.refresh_from_db()
    assert selectors.plan_before(plan) is None
    assert selectors.plan_before(again) == plan


def test_tables_are_shown_in_parts_and_a_meeting_is_taken_along(planned, operator):
    fair, plan, _made = planned
    meeting = plan.meetings.first()
    shown = page_of(operator, fair)
    assert [table for table, _cells in shown.context["grid"].rows] == list(range(1, 13))
    assert 'rel="next"' in shown.text
    assert "data-pinned" not in shown.text
    shown = page_of(operator, fair, **{"from": "12", "hold": str(meeting.pk)})
    assert [table for table, _cells in shown.context["grid"].rows] == [13, 14]
    assert shown.context["held"] == meeting
    assert 'rel="prev"' in shown.text
    moving = reverse("meeting_move", args=[meeting.pk])
    there = operator.browser().post(moving, {"place": "6:13", "version": "1"})
    assert there["Location"].endswith("?plan=1&from=12#board")
    for words in ({"from": "999", "hold": "x"}, {"from": "-1", "hold": "9" * 30}):
        assert page_of(operator, fair, **words).status_code == 200


def test_cells_are_shaded_by_worth_and_marked_when_they_change(planned):
    fair, plan, [_brand, mine, _other] = planned
    Meeting.objects.filter(plan=plan, right=mine.pk).update(worth=9)
    again = services.plan_now(SYSTEM, fair=fair, seed=1)
    moved = again.meetings.get(right=mine.pk)
    Meeting.objects.filter(pk=moved.pk).update(slot=7, table=5)
    again.fair = fair
    grid = selectors.grid_of(again, 0, 12, selectors.difference(plan, again))
    cells = {cell.place: cell for _table, row in grid.rows for cell in row if cell.meeting}
    assert (cells["7:5"].change, cells["7:5"].shade) == ("moved", 1)
    grid = selectors.grid_of(plan, 0, 12)
    cells = [cell for _table, row in grid.rows for cell in row if cell.meeting]
    assert sorted(cell.shade for cell in cells) == [1, 3]
    assert {cell.change for cell in cells} == {""}


def test_hard_rules_are_counted_on_what_stands_there(planned):
    _fair, plan, [brand, mine, _other] = planned
    assert selectors.kept_rules(plan).broken == 0
    row = Meeting.objects.get(plan=plan, right=mine.pk)
    Wish.objects.create(sign_up=mine, other=brand, mark=Mark.NO, marked_at=clock.now())
    Meeting.objects.filter(pk=row.pk).update(slot=plan.pauses[0], table=14)
    kept = selectors.kept_rules(plan)
    assert (kept.in_breaks, kept.nowhere, kept.refused, kept.without_seat) == (1, 1, 1, 0)


def test_files_hold_the_meetings_the_changes_and_the_unmet(planned, operator):
    fair, plan, [_brand, _mine, other] = planned
    services.withdraw_sign_up(SYSTEM, sign_up=other)
    again = services.plan_now(SYSTEM, fair=fair, seed=1)
    for key, by, count in (
        (plan.pk, "meetings", 2),
        (plan.pk, "changes", 0),
        (again.pk, "changes", len(selectors.difference(plan, again).places)),
        (again.pk, "unmet", len(again.unmet) + len(again.lacking)),
        (0, "meetings", 0),
        (plan.pk, "anything", 2),
    ):
        params = PLANS.clean({"plan": str(key), "by": by})
        rows = list(PLANS.rows(operator.actor, params))
        assert len(rows) == count, (key, by)
        assert all(len(row) == len(PLANS.header(params)) for row in rows)


def test_what_stays_at_its_time_stays_at_its_table():
    a, b, c, d = ((uuid4(), uuid4()) for _n in range(4))
    found = {a: Place(0, 0), b: Place(0, 1), c: Place(0, 2), d: Place(1, 0)}
    before = {a: Place(0, 5), b: Place(0, 2), d: Place(2, 7)}
    assert tables_kept(found, before) == {a: 5, b: 2, c: 0, d: 0}
    assert tables_kept(found, {}) == {a: 0, b: 1, c: 2, d: 0}


def test_uneven_plan_says_how_uneven_it_is():
    brands = selectors.Heads(True, 4.0, [2, 3, 7], [1, 4, 2], [])
    others = selectors.Heads(False, 3.0, [1, 2, 3], [2, 1, 9], [])
    assert selectors.uneven_of([brands, others]) == (4, 2)
    assert selectors.uneven_of([others]) is None
