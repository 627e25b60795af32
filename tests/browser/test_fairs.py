"""A fair in a real browser: the last seat on a phone, the freed one for who waits, the plan and the
door."""

import re
from datetime import timedelta

import pytest

from matchmaking.fairs import selectors, services
from matchmaking.fairs.models import Fair, Meeting, MeetingPlan, SignUp
from portal.core import clock, jobs
from portal.core.models import Job
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db(transaction=True)


def test_last_seat_is_taken_and_the_freed_one_offered(open_page, creator, picture, check_page):
    """Prepared before the opening second, sent with one press by the seats that the page showed as
    they went; who pressed later stands in line, and is offered the seat when it is given back."""
    fair = open_fair(seats=2, opens_at=clock.now() + timedelta(hours=1), roles=("creator",))
    others = [person_of(factories.listed_party(PartyKind.CREATOR, name)) for name in "早晚"]
    phone = open_page(creator.user, phone=True)
    phone.goto(f"{fair.get_absolute_url()}signup/")
    phone.clock.install()
    phone.fill("input[name=note]", "带两位助理")
    phone.clock.fast_forward(2_000)
    phone.wait_for_selector("#autosave .num")
    check_page(phone)
    picture(phone, "fair-signup-prepared-phone")

    fair.occasion.opens_at = clock.now() - timedelta(seconds=1)
    fair.occasion.save(update_fields=["opens_at"])
    selectors.forget_opening(fair.pk)
    phone.goto(fair.get_absolute_url())
    check_page(phone)
    phone.wait_for_selector("#seats:has-text('2 / 2')")
    signed_up(others[0].actor, fair, others[0].party)
    phone.clock.fast_forward(20_000)
    phone.wait_for_selector("#seats:has-text('1 / 2')")
    picture(phone, "fair-last-seat-phone")
    phone.click("section:has(#prepared) form button")
    phone.wait_for_url("**/fair-signups/*/")
    mine = SignUp.objects.get(party=creator.party)
    assert (mine.status, mine.note) == ("confirmed", "带两位助理")

    late = open_page(others[1].user, phone=True)
    late.goto(f"{fair.get_absolute_url()}signup/")
    late.click("form[data-guard] button.btn-primary")
    late.wait_for_url("**/fair-signups/*/")
    assert SignUp.objects.get(party=others[1].party).status == "waiting"
    phone.click("details:has(form[action$='/withdrawal/']) summary")
    phone.click("form[action$='/withdrawal/'] button")
    phone.wait_for_selector("[data-toast]")
    late.reload()
    late.click("form[action$='/seat/'] button")
    late.wait_for_selector(".tag.ok")
    assert SignUp.objects.get(party=others[1].party).status == "confirmed"


def test_creator_takes_a_freed_seat_and_the_day_is_planned(
    open_page, creator, merchant, picture, check_page
):
    asked = {("creator", "followers"): 1, ("merchant", "commission"): 1_000}
    fair = open_fair(seats=1, intro="品牌带货品到场，当面谈合作。")
    ahead = open_fair(opens_at=clock.now() + timedelta(hours=30), thresholds=asked)
    first = person_of(factories.listed_party(PartyKind.CREATOR, "先来的"))
    seat = signed_up(first.actor, fair, first.party)
    signed_up(merchant.actor, fair, merchant.party)

    phone = open_page(creator.user, phone=True)
    phone.goto("/fairs/")
    check_page(phone)
    picture(phone, "fairs-phone")
    phone.goto(ahead.get_absolute_url())
    assert re.search(r"\d\d:\d\d:\d\d", phone.text_content("[data-countdown]") or "")
    picture(phone, "fair-countdown-phone")
    phone.goto(f"{fair.get_absolute_url()}signup/")
    check_page(phone)
    phone.click("form button.btn-primary")
    phone.wait_for_url("**/fair-signups/*/")
    check_page(phone)
    picture(phone, "fair-waiting-phone")
    services.withdraw_sign_up(first.actor, sign_up=seat)
    phone.reload()
    phone.click("form[action$='/seat/'] button")
    phone.wait_for_selector(".tag.ok")
    mine = SignUp.objects.get(party=creator.party)
    assert mine.status == "confirmed"
    phone.goto(f"/fair-signups/{mine.pk}/badge/")
    check_page(phone)

    operator = staff_person("fair")
    page = open_page(operator.user)
    page.goto(fair.get_absolute_url())
    check_page(page)
    picture(page, "fair-wide")
    page.goto(f"{fair.get_absolute_url()}people/")
    check_page(page)
    page.goto(f"{fair.get_absolute_url()}edit/")
    check_page(page)
    picture(page, "fair-edit")
    with clock.standing_at(fair.occasion.closes_at):
        services.sweep_fairs(SYSTEM)
    phone.goto(f"/fair-signups/{mine.pk}/wishes/")
    phone.click("label:has(input[value=must])")
    phone.click("form button.btn-primary")
    phone.wait_for_selector("[data-toast]")
    check_page(phone)
    page.goto(f"{fair.get_absolute_url()}plan/")
    page.click("form[action$='/planning/'] button")
    jobs.run_job(str(Job.objects.get(kind=services.KIND).pk))
    page.goto(f"{fair.get_absolute_url()}plan/")
    check_page(page)
    picture(page, "fair-plan")
    page.click("form[action$='/publication/'] button")
    page.wait_for_load_state()
    assert MeetingPlan.objects.get().status == "published"
    moves_a_meeting(page, fair)
    page.goto("/fairs/calendar/")
    check_page(page)
    picture(page, "fair-calendar")
    checks_in_without_a_network(page, fair, mine)
    check_page(page)
    picture(page, "fair-desk")


def moves_a_meeting(page, fair):
    """By keyboard, by drag, and by keyboard to the tables of the grid's next part."""
    plan = f"{fair.get_absolute_url()}plan/"
    for table in (1, 3, 12):
        page.goto(plan)
        meeting = Meeting.objects.get()
        if table == 3:
            page.drag_and_drop("form[data-move]", f"td[data-place='{meeting.slot}:{table}']")
        else:
            page.focus(".plan-cell")
            for key in ("m", "ArrowDown", "Enter") if table == 1 else ("m", "PageDown"):
                page.keyboard.press(key)
        if table == 12:
            page.wait_for_selector("[data-pinned]")
            page.click(f"td[data-place='{meeting.slot}:{table}']")
        page.wait_for_selector("[data-toast]")
        meeting.refresh_from_db()
        assert (meeting.table, meeting.is_fixed) == (table, True)


def checks_in_without_a_network(page, fair, sign_up):
    """The day is here; what is kept on the device is sent once there is a network again."""
    now = clock.now()
    Fair.objects.filter(pk=fair.pk).update(starts_at=now, ends_at=now + timedelta(hours=6))
    page.goto(f"{fair.get_absolute_url()}desk/")
    page.context.set_offline(True)
    page.click(f"form[data-arrive='{sign_up.pk}'] button")
    page.wait_for_selector("#desk-said:has-text('1')")
    assert SignUp.objects.get(pk=sign_up.pk).status == "confirmed"
    page.context.set_offline(False)
    factories.wait_for(lambda: SignUp.objects.get(pk=sign_up.pk).status == "present")


def test_plan_of_a_whole_fair_is_read_beside_the_one_before(open_page, picture, check_page):
    """Six brands, nine creators; one of them gives the seat back after the plan was told."""
    starts = (clock.now() + timedelta(days=14)).replace(hour=2, minute=0)  # 10:00 in Shanghai
    until = starts + timedelta(hours=5)
    fair = open_fair(seats=9, starts_at=starts, ends_at=until, tables=14)
    brands, creators = (
        ("谷雨粒", "暖暖熊", "海盐社", "有间茶", "松果屋", "麦田里"),
        "一二三四五六七八九",
    )
    people = [
        *(person_of(factories.listed_party(PartyKind.MERCHANT, name)) for name in brands),
        *(person_of(factories.listed_party(PartyKind.CREATOR, f"达人{n}")) for n in creators),
    ]
    made = [signed_up(one.actor, fair, one.party) for one in people]
    for at, one in enumerate(people[:6]):
        marks = {made[6 + (at + n) % 9].pk: ("must", "maybe", "maybe", "no")[n] for n in range(4)}
        services.make_wishes(one.actor, sign_up=made[at], marks=marks)
    with clock.standing_at(fair.occasion.closes_at):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    first = services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair, seed=7))
    operator = staff_person("fair")
    for meeting in first.meetings.order_by("pk")[:3]:
        services.fix_meeting(operator.actor, meeting=meeting, fixed=True)
    services.withdraw_sign_up(people[8].actor, sign_up=made[8])
    services.plan_now(SYSTEM, fair=fair, seed=7)
    for phone in (False, True):
        page = open_page(operator.user, phone=phone)
        page.goto(f"{fair.get_absolute_url()}plan/")
        assert page.locator(".plan-changes li").count() > 0
        check_page(page)
        picture(page, "fair-plan-phone" if phone else "fair-plan-wide")
