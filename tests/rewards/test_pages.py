"""Around tasks: what the catalogue finds, the path before claiming, pages at a constant cost, what
waits on the workbench, and budgets by two people."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.verdict import Refused
from portal.pages.todos import todos_of
from portal.pages.todos.sources import TODO_SOURCES
from portal.rewards import selectors, services
from portal.rewards.fields import Audience, RevocationFields, StepFields
from portal.rewards.models import BudgetChange, Claim, Pool, Task
from portal.rewards.selectors import Wanted
from portal.rewards.states import StepEvent
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.rewards.making import (
    claimed,
    coupon_task,
    season,
    task_fields,
    task_of,
    went_live,
)

pytestmark = pytest.mark.django_db


def cost(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_one_row_and_for_three(creator, operator):
    programme = season()

    def one_more():
        start = 10 * Task.objects.count()
        task_of(programme)
        waiting = claimed(task_of(programme, check_by="operator"), creator.party)
        claimed(coupon_task(programme), creator.party)
        went_live(creator.party, start=start)
        services.submit_claim(SYSTEM, claim=whole(waiting))
        claimed(task_of(programme), creator.party)

    one_more()
    claim = Claim.objects.filter(status="submitted").get()
    pool = programme.pools.get(unit="cash")
    places = [
        *((creator.browser(), one) for one in ("/tasks/", "/tasks/mine/", "/tasks/rewards/")),
        (creator.browser(), claim.get_absolute_url()),
        (creator.browser(), claim.task.get_absolute_url()),
        *((operator.browser(), f"/tasks/manage/{one}") for one in ("", "claims/", "tasks/")),
        (operator.browser(), "/tasks/manage/seasons/"),
        (operator.browser(), f"/tasks/manage/seasons/{programme.code}/"),
        (operator.browser(), f"/tasks/manage/pools/{pool.pk}/"),
        (operator.browser(), claim.get_absolute_url()),
    ]
    for client, address in places:
        client.get(address)
    before = [cost(client, address) for client, address in places]
    one_more(), one_more()
    after = [cost(client, address) for client, address in places]
    assert dict(zip(places, after, strict=True)) == dict(zip(places, before, strict=True))
    assert max(before) <= 35


def test_catalogue_is_narrowed_and_its_part_is_a_piece_of_it(visitor, creator):
    programme = season()
    live = task_of(programme, line="live", title_zh="开播挑战")
    sized = task_of(
        programme, audience=Audience(kinds=("provider",), sizes=("L",)), title_zh="大型服务商"
    )
    later = coupon_task(programme, title_zh="流量任务")
    closed = services.close_task(SYSTEM, task=task_of(programme), reason="名额已满")
    services.create_task(SYSTEM, programme=programme, fields=task_fields())  # a draft

    def found(**wanted):
        return set(selectors.tasks_for(creator.actor, Wanted(**wanted)))

    assert found() == {live, sized, later, closed}
    assert found(words="开播挑战") == {live}
    assert found(kind="provider", size="L") == {live, sized, later, closed}
    assert found(kind="provider", size="S") == {live, later, closed}
    assert found(line="live") == {live}
    assert found(unit="coupon") == {later}
    assert found(is_open=True) == {live, sized, later}
    assert found(words="\0%") == set()
    order = list(selectors.tasks_for(creator.actor, Wanted()).order_by("turn", "pk"))
    assert order[-1] == closed
    whole = visitor.get("/tasks/?unit=coupon&cursor=forged")
    narrow = visitor.get(
        "/tasks/?unit=coupon", headers={"HX-Request": "true", "HX-Target": "task-list"}
    )
    text = narrow.content.decode().strip()
    assert text in whole.content.decode()
    assert "流量任务" in text
    assert "开播挑战" not in text


def test_path_is_told_before_claiming_with_the_reason_why_not(creator, merchant, visitor):
    task = task_of(steps=(StepFields(StepEvent.LIVE, 5, since="season"),), quota=2)
    went_live(creator.party, days=2)
    page = creator.browser().get(task.get_absolute_url()).content.decode()
    assert "下一步：再开播 3 天" in page
    assert "认领任务" in page
    refused = merchant.browser().get(task.get_absolute_url()).content.decode()
    assert str(rule_of(task, merchant).reason) in refused
    assert "登录后查看你的位置" in visitor.get(task.get_absolute_url()).content.decode()
    creator.browser().post(f"/tasks/{task.pk}/claim/")
    claim = Claim.objects.get()
    assert [step.has for step in selectors.steps_of(whole(claim))] == ["2"]
    again = creator.browser().post(f"/tasks/{task.pk}/claim/")
    assert again.status_code == 409
    assert Claim.objects.count() == 1


def rule_of(task, person):
    from portal.rewards import rules

    return rules.can_claim_task(person.actor, task, person.party)


def whole(claim):
    return Claim.objects.whole().get(pk=claim.pk)


def test_cash_and_points_are_told_apart(creator):
    """A coupon adds nothing to the cash, nor cash to the points."""
    programme = season()
    claimed(task_of(programme, amount_fen=5_000), creator.party)
    claimed(coupon_task(programme), creator.party)
    went_live(creator.party)
    cash, points = selectors.cash_of(creator.party), selectors.coupons_of(creator.party)
    assert (cash.granted, cash.reserved) == (5_000, 0)
    assert (points.usable, points.spent, points.reserved) == (500, 0, 0)
    claimed(task_of(programme, amount_fen=700), creator.party)
    claimed(coupon_task(programme), creator.party)
    # What was recorded before the claim does not count for it.
    assert selectors.cash_of(creator.party).reserved == 700
    assert selectors.coupons_of(creator.party).reserved == 500
    page = creator.browser().get("/tasks/rewards/").content.decode()
    assert "¥50.00" in page
    assert "500" in page


def test_what_waits_is_on_the_workbench(creator, operator):
    task = task_of(check_by="operator")
    claim = claimed(task, creator.party)
    went_live(creator.party)

    def told(person):
        found = todos_of(person.actor, TODO_SOURCES)
        return [todo.url for todo in found if "/tasks/" in todo.url]

    assert told(creator) == [claim.get_absolute_url()]
    creator.browser().post(f"{claim.get_absolute_url()}submission/", {"note": "全部按时开播"})
    assert told(creator) == []
    assert told(operator) == [claim.get_absolute_url()]
    assert "待核验的任务" in operator.browser().get("/admin/").content.decode()
    refused = operator.browser().post(
        f"{claim.get_absolute_url()}verdict/", {"decision": "fail", "reason": ""}
    )
    assert refused.status_code == 422
    assert whole(claim).status == "submitted"
    operator.browser().post(
        f"{claim.get_absolute_url()}verdict/", {"decision": "fail", "reason": "同一买家"}
    )
    assert told(operator) == []
    assert told(creator) == [claim.get_absolute_url()]
    creator.browser().post(f"{claim.get_absolute_url()}appeal/", {"text": "并非同一买家"})
    assert told(creator) == []
    assert told(operator) == []  # who decided first does not decide again
    [appeal] = whole(claim).appeals.all()
    assert told(staff_person("evaluation")) == [f"/tasks/appeals/{appeal.pk}/"]


def test_each_result_waits_on_the_workbench_until_it_is_objected_to(creator):
    claim = claimed(task_of(), creator.party)
    went_live(creator.party)
    judge, second = staff_person("risk").actor, staff_person("operator").actor

    def waits():
        found = todos_of(creator.actor, TODO_SOURCES)
        return claim.get_absolute_url() in [todo.url for todo in found]

    def objected():
        assert waits()
        appeal = services.appeal_claim(creator.actor, claim=whole(claim), text="并非同一买家")
        assert not waits()
        return appeal

    fields = RevocationFields("同一买家", "reward")
    services.revoke_claim(judge, claim=claim, fields=fields)
    services.withdraw_appeal(creator.actor, appeal=objected())
    services.decide_appeal(second, appeal=objected(), grants=True, sentence="核实")
    assert not waits()
    services.revoke_claim(judge, claim=whole(claim), fields=fields)
    services.decide_appeal(second, appeal=objected(), grants=False, sentence="维持")
    assert not waits()


def test_budget_takes_two_people_and_a_reason_to_refuse(operator):
    pool = season(budget=1_000).pools.get(unit="cash")
    address = f"/tasks/manage/pools/{pool.pk}/"
    assert (
        operator.browser().post(address, {"way": "more", "amount": "0", "reason": "x"}).status_code
        == 422
    )
    operator.browser().post(address, {"way": "more", "amount": "120.50", "reason": "追加"})
    change = BudgetChange.objects.get(status="proposed")
    assert change.amount == 12_050
    decision = f"/tasks/manage/budgets/{change.pk}/decision/"
    checker = staff_person("finance checker")
    assert checker.browser().post(decision, {"decision": "refuse", "reason": ""}).status_code == 422
    assert Pool.objects.get(pk=pool.pk).budget == 1_000
    checker.browser().post(decision, {"decision": "approve"})
    pool.refresh_from_db()
    assert pool.budget == 13_050
    assert selectors.adds_up(pool)
    assert "+¥120.50" in operator.browser().get(address).content.decode()


def test_task_is_written_published_closed_and_taken_over(operator):
    programme = season()
    address = f"/tasks/manage/seasons/{programme.code}/task/"
    given = {
        "code": "made",
        "title_zh": "做一次",
        "title_en": "Once",
        "text_zh": "做",
        "text_en": "Do",
        "kinds": ["provider"],
        "sizes": ["S"],
        "unit": "cash",
        "amount_fen": "100",
        "quota": "5",
        "hold": "claim",
        "check_by": "records",
        "finish_days": "10",
        "opens_at": f"{programme.starts_on:%Y-%m-%d}T10:00",
        "closes_at": f"{programme.ends_on:%Y-%m-%d}T10:00",
        **{f"{name}_{n}": value for n in range(1, 6) for name, value in STEP.items()},
        "event_1": "course",
        "target_1": "2",
    }
    assert operator.browser().post(address, given | {"target_1": ""}).status_code == 422
    assert not Task.objects.exists()
    operator.browser().post(address, given)
    task = Task.objects.get()
    assert (task.amount, task.sizes, task.steps.get().target) == (10_000, ["S"], 2)
    edit = f"/tasks/manage/tasks/{task.pk}/"
    page = operator.browser().get(edit).content.decode()
    assert "谁能认领" in page
    operator.browser().post(edit, given | {"title_zh": "做两次"})
    assert operator.browser().post(f"{edit}publication/").status_code == 422  # M and L: nothing
    task_of(programme)
    operator.browser().post(f"{edit}publication/")
    task.refresh_from_db()
    assert (task.title, task.status) == ("做两次", "published")
    assert operator.browser().post(edit, given).status_code == 409
    operator.browser().post(f"{edit}closing/", {"reason": "已满"})
    operator.browser().post(
        f"/tasks/manage/seasons/{programme.code}/clone/",
        {"code": "next", "name_zh": "下季", "name_en": "Next", "starts_on": "2031-01-01"},
    )
    copy = Task.objects.get(programme__code="next", cloned_from=task)
    assert (copy.title_zh, copy.status, copy.taken) == ("做两次", "draft", 0)


STEP = {"event": "", "fold": "count", "target": "", "scope": "", "since": "claim"}


def test_desk_counts_what_came_of_a_season(creator, rival, operator):
    programme = season()
    task = task_of(programme)
    for person in (creator, rival):
        claimed(task, person.party)
    went_live(creator.party)
    [claim] = Claim.objects.filter(status="rewarded")
    stages = {row.label: row.count for row in selectors.funnel_of_season(programme)}
    assert list(stages.values()) == [2, 1, 1, 1, 1]
    fields = RevocationFields("复查不符", "reward")
    services.revoke_claim(staff_person("risk").actor, claim=claim, fields=fields)
    assert selectors.ends_of_season(programme)["revoked"] == 1
    page = operator.browser().get(f"/tasks/manage/?season={programme.code}").content.decode()
    assert "完成漏斗" in page
    file = operator.browser().get(f"/tasks/manage/?season={programme.code}&file=csv")
    told = file.content.decode("utf-8-sig").splitlines()
    assert told[:2] == ["部分,名称,值,说明", "完成漏斗,已认领,2,"]
    assert "完成漏斗,已撤销,1," in told
    assert creator.browser().get("/tasks/manage/?file=csv").status_code == 403
    [cash, _points] = selectors.forecasts_of(programme)
    assert "太少" in cash.expected
    caches["local"].clear()


def test_one_is_offered_what_one_may_claim_and_reads_why_not_the_rest(creator, provider):
    """In the list, on the growth lines, by the API, on the home; the rest says why."""
    programme, far = season(), Audience(kinds=("creator",), least_followers=100_000)
    near = coupon_task(programme, line="live", title_zh="开播第一级")
    large = coupon_task(programme, line="live", title_zh="开播第四级", audience=far)
    browser = creator.browser()
    for address in ("/tasks/", "/growth/", "/workbench/", "/api/v1/tasks/?suits=1"):
        page = browser.get(address).content.decode()
        assert (near.title_zh in page, large.title_zh in page) == (True, False), address
    every = browser.get("/tasks/?whose=").content.decode()
    assert "100,000" in every
    assert selectors.beginning_of(creator.actor).task == near
    claimed(near, creator.party)
    assert selectors.beginning_of(creator.actor) is None
    assert "下一步：再开播 3 天" in browser.get("/growth/").content.decode()
    assert large.title_zh not in provider.browser().get("/tasks/").content.decode()


def test_strangers_find_nothing(creator, stranger, merchant):
    claim = claimed(task_of(), creator.party)
    for person in (stranger, merchant):
        assert person.browser().get(claim.get_absolute_url()).status_code == 404
        assert person.browser().post(f"{claim.get_absolute_url()}withdrawal/").status_code == 404
    with pytest.raises(Refused):
        services.withdraw_claim(merchant.actor, claim=claim)
    assert whole(claim).status == "claimed"
