"""A creator climbs a level on a phone; a provider's claim does not pass, and is won on appeal; two
finish for the last reward at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.rewards.fields import Audience, StepFields
from portal.rewards.models import Claim, Coupon
from portal.rewards.states import StepEvent
from tests.conftest import staff_person
from tests.rewards.making import claimed, coupon_task, season, task_of, went_live

pytestmark = pytest.mark.django_db(transaction=True)


def test_creator_climbs_a_level_with_one_hand(open_page, creator, check_page, picture):
    """The path is told before claiming; the button stands in reach of the thumb."""
    programme = season()
    steps = (StepFields(StepEvent.LIVE, 4, since="season"),)
    first = coupon_task(programme, line="live", title_zh="开播第一级", steps=steps)
    coupon_task(programme, line="live", title_zh="开播第二级")
    went_live(creator.party, days=1, at=clock.now() - timedelta(days=2))
    phone = open_page(creator.user, phone=True)
    phone.goto("/tasks/?line=live")
    check_page(phone)
    phone.get_by_role("link", name="开播第一级").click()
    phone.wait_for_url(f"**{first.get_absolute_url()}")
    check_page(phone)
    picture(phone, "task-path-phone")
    assert "下一步：再开播 3 天" in phone.inner_text("#content")
    button = phone.get_by_role("button", name="认领任务")
    box = button.bounding_box()
    assert box["y"] > 500
    assert box["height"] >= 32
    button.click()
    phone.wait_for_url("**/tasks/claims/**")
    check_page(phone)
    went_live(creator.party, days=3, start=1)
    phone.reload()
    assert "已发放" in phone.inner_text("#content")
    phone.goto("/tasks/rewards/")
    check_page(phone)
    picture(phone, "task-rewards-phone")
    assert "500 点可用" in phone.inner_text("#content")
    assert Coupon.objects.get().party == creator.party
    phone.goto("/tasks/mine/")
    check_page(phone)


def test_claim_of_a_provider_fails_and_is_won_on_appeal(open_page, provider, check_page, picture):
    task = task_of(check_by="operator", audience=Audience(kinds=("provider",)))
    claim = claimed(task, provider.party)
    went_live(provider.party)
    page = open_page(provider.user)
    page.goto(claim.get_absolute_url())
    check_page(page)
    page.fill("textarea[name=note]", "三天都按时开播。")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("已提交。核验后会通知你。").first.wait_for()

    verifier = open_page(staff_person("risk").user)
    verifier.goto("/tasks/manage/claims/?status=to_verify")
    check_page(verifier)
    verifier.click("tbody a >> nth=0")
    check_page(verifier)
    verifier.check("input[name=decision][value=fail]")
    verifier.fill("section textarea[name=reason]", "三天的记录来自同一场直播。")
    verifier.click("section[aria-labelledby=decide] button.btn-primary")
    verifier.get_by_text("已决定，并已通知对方。").first.wait_for()
    check_page(verifier)

    page.reload()
    assert "三天的记录来自同一场直播。" in page.inner_text("#content")
    check_page(page)
    page.get_by_role("link", name="申诉", exact=True).click()
    check_page(page)
    page.fill("textarea[name=text]", "三天是三场直播，场次编号附后。")
    page.click("form .form-foot button.btn-primary")
    page.wait_for_url("**/tasks/appeals/**")
    check_page(page)

    second = open_page(staff_person("evaluation").user)
    second.goto(page.url)
    check_page(second)
    second.check("input[name=decision][value=grant]")
    second.fill("textarea[name=sentence]", "复核为三场直播，予以通过。")
    second.click("section[aria-labelledby=decide] button.btn-primary")
    second.get_by_text("已决定，并已通知对方。").first.wait_for()
    page.goto(claim.get_absolute_url())
    check_page(page)
    picture(page, "task-claim-won")
    assert "已发放" in page.inner_text("#content")
    assert Claim.objects.get().status == "rewarded"


def test_two_finish_for_the_last_reward_at_once(open_page, creator, rival, operator, check_page):
    """Both were first in line; one is rewarded, the other is told in a sentence."""
    task = task_of(season(), quota=1, hold="finish")
    first, second = (claimed(task, person.party) for person in (creator, rival))
    for person in (creator, rival):
        went_live(person.party)
    claims = list(Claim.objects.order_by("claimed_at"))
    assert sorted(claim.standing for claim in claims) == ["granted", "none"]
    for person, claim in ((creator, first), (rival, second)):
        page = open_page(person.user, phone=True)
        page.goto(claim.get_absolute_url())
        check_page(page)
        won = Claim.objects.get(pk=claim.pk).standing == "granted"
        assert ("已发放" if won else "别人先完成") in page.inner_text("#content")
    desk = open_page(operator.user)
    for address in ("/tasks/manage/", "/tasks/manage/seasons/", f"/tasks/manage/tasks/{task.pk}/"):
        desk.goto(address)
        check_page(desk)
    desk.goto(f"/tasks/manage/pools/{task.pool_id}/")
    check_page(desk)
    assert "每一栏都等于明细之和" in desk.inner_text("#content")
