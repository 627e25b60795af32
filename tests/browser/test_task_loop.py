"""The loop as a provider walks it: its weakest figure, the task for it, the path, the claim, the
reward, the fact, the announced version that counts it, and another number in the next preview. And
the first day of a creator who has nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.evaluation import services as evaluation
from portal.rewards import services
from portal.rewards.facts import record_task_facts
from portal.rewards.fields import Audience, StepFields
from portal.rewards.models import Claim
from portal.rewards.states import StepEvent
from tests.conftest import person_of
from tests.evaluation.makers import (
    announced_change,
    providers_with_facts,
    published_official,
    quarter,
)
from tests.factories import SYSTEM
from tests.rewards.making import coupon_task, season, task_of, went_live
from tests.rewards.test_loop import SHARES, WEAK
from tests.training.rated import (
    attended,
    method_with_completion,
    previewed_when_the_month_is_over,
)

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
TITLE = "按期完成一门课程（小型服务商）"
COURSE = (StepFields(event=StepEvent.COURSE, target=1),)


def weak_provider():
    """Whose tasks are the weakest of its figures; and the method that counts them."""
    world, (_period, ends_on) = providers_with_facts(), quarter()
    both = zip(world, SHARES, strict=True)
    told = [attended(one.pk, ends_on, share, "task_on_time") for one, share in both]
    with clock.standing_at(clock.now() - HOUR):
        evaluation.record_facts(SYSTEM, facts=told)
    method = method_with_completion("I3")
    published_official(method)
    return person_of(world[WEAK]), method


def test_loop_from_the_weakest_figure_to_another_number(open_page, check_page, picture, drawing):
    provider, method = weak_provider()
    fields = {"indicator": "I3", "steps": COURSE, "audience": Audience(kinds=("provider",))}
    programme = season(name_zh="冬季成长任务")
    texts = {"title_zh": TITLE, "text_zh": "学完一门课程；按期完成本身就是一条记录。"}
    small = task_of(programme, amount_fen=120_000, **fields, **texts)
    large = task_of(
        programme, **{**fields, "audience": Audience(kinds=("provider",), sizes=("L",))}
    )
    announced_change("2026-2")
    page = open_page(provider.user)
    before = score_of(page)
    assert page.locator(f"a[href='{small.get_absolute_url()}']").count() == 1
    assert page.locator(f"a[href='{large.get_absolute_url()}']").count() == 0, "for another size"

    page.goto("/tasks/")
    check_page(page)
    picture(page, "task-lifts")
    page.locator("section:has(#lifting) a").click()
    page.wait_for_url(f"**{small.get_absolute_url()}")
    assert "再完成 1 门课程" in page.inner_text("#content")
    check_page(page)
    page.get_by_role("button", name="认领任务").click()
    page.wait_for_url("**/tasks/claims/**")
    check_page(page)

    with clock.standing_at(clock.now() + HOUR):
        services.record_step(
            SYSTEM, party=provider.party, event="course", ref="enrolment:7", at=clock.now()
        )
    page.reload()
    assert "已发放" in page.inner_text("#content")
    check_page(page)
    picture(page, "task-rewarded")
    with clock.standing_at(Claim.objects.get().ended_at + HOUR):
        assert record_task_facts(SYSTEM) == 1
    previewed_when_the_month_is_over(method)
    assert score_of(page) > before
    check_page(page)
    changes = page.locator("section:has(#changes)")
    assert changes.get_by_text("I3").count()
    drawing("task-lifted", changes.screenshot())


def score_of(page) -> float:
    """Of the tasks done in time, on one's own evaluation."""
    page.goto("/evaluation/")
    line = page.locator("#i-I3")
    if not line.is_visible():  # its dimension stands open where it is a short board
        page.locator("#improvement summary").click()
    return float(line.locator("td").nth(3).inner_text())


def test_first_day_of_a_creator(open_page, creator, check_page, picture):
    """Nothing yet, on a phone: one step in plain numbers, and a button under the thumb."""
    programme = season(name_zh="冬季成长任务")
    texts = {"title_zh": "开播第一级", "text_zh": "把开播变成习惯：开播满 4 天，平台送流量。"}
    steps = (StepFields(StepEvent.LIVE, 4),)
    first = coupon_task(programme, line="live", steps=steps, **texts)
    other = Audience(kinds=("creator",), least_followers=100_000)
    far = coupon_task(programme, line="live", title_zh="开播第四级", audience=other)
    phone = open_page(creator.user, phone=True)
    for address in ("/workbench/", "/growth/", "/tasks/"):
        phone.goto(address)
        text = phone.inner_text("#content")
        assert "开播 4 天" in text, address
        assert phone.locator(f"a[href='{far.get_absolute_url()}']").count() == 0, address
        check_page(phone)
    picture(phone, "task-first-day-phone")
    button = phone.locator(".form-foot.is-sticky button")
    box, height = button.bounding_box(), phone.viewport_size["height"]
    assert height * 0.6 < box["y"] < height, "in reach of a thumb without scrolling"
    assert box["height"] >= 40
    button.click()
    phone.wait_for_url("**/tasks/claims/**")
    assert Claim.objects.get().task == first
    went_live(creator.party, days=4)
    phone.reload()
    assert "已发放" in phone.inner_text("#content")
    check_page(phone)
