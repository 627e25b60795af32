"""Sixteen at the same moment: never a reward too many, and one sentence for all the others."""

from __future__ import annotations

import pytest

from portal.core.verdict import Refused
from portal.rewards import rules, services
from portal.rewards.models import Claim, Pool, PoolEntry, Task
from portal.rewards.selectors import verification
from tests import factories
from tests.factories import SYSTEM
from tests.rewards.making import (
    REWARD,
    claimed,
    finance,
    handed_in,
    parties,
    season,
    task_of,
    went_live,
)

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 16


def sound() -> bool:
    return not [check for check in verification() if check.wrong]


def refusals(answers):
    said = [one for one in answers if isinstance(one, Refused)]
    return len(said), {str(one.verdict.reason) for one in said}


def test_sixteen_claim_the_last_reward_and_one_has_it():
    task, people = task_of(quota=1), parties(CLIENTS)
    answers = factories.at_once(*[lambda p=one: claimed(task, p) for one in people])
    assert refusals(answers) == (CLIENTS - 1, {str(rules.GONE)})
    task.refresh_from_db()
    pool = Pool.objects.get(pk=task.pool_id)
    assert (task.taken, pool.reserved, Claim.objects.count()) == (1, REWARD, 1)
    assert PoolEntry.objects.filter(kind="reserve").count() == 1
    assert sound()


def test_sixteen_tasks_of_one_pool_never_overdraw_it():
    """Each task has room, the pool only for five rewards: the pool decides."""
    programme = season(budget=5 * REWARD)
    tasks = [task_of(programme) for _number in range(CLIENTS)]
    people = parties(CLIENTS)
    answers = factories.at_once(
        *[lambda t=t, p=p: claimed(t, p) for t, p in zip(tasks, people, strict=True)]
    )
    assert refusals(answers) == (CLIENTS - 5, {str(rules.GONE)})
    pool = Pool.objects.get(programme=programme, unit="cash")
    assert (pool.reserved, pool.free) == (5 * REWARD, 0)
    assert sum(Task.objects.values_list("taken", flat=True)) == 5
    assert sound()


def test_one_party_that_presses_sixteen_times_has_one_claim():
    task, [party] = task_of(), parties(1)
    answers = factories.at_once(*[lambda: claimed(task, party)] * CLIENTS)
    assert refusals(answers) == (CLIENTS - 1, {str(rules.ALREADY)})
    assert Claim.objects.count() == 1
    assert sound()


def test_two_finish_for_the_last_reward_at_once():
    task, people = task_of(quota=1, hold="finish"), parties(2)
    claims = [claimed(task, party) for party in people]
    for party in people:
        went_live(party, days=2)
    factories.at_once(*[lambda p=party: went_live(p, days=1, start=2) for party in people])
    for claim in claims:
        claim.refresh_from_db()
    assert sorted(claim.status for claim in claims) == ["passed", "rewarded"]
    [late] = [claim for claim in claims if claim.missed_out]
    assert late.standing == "none"
    assert sound()


def test_one_claim_is_decided_once_by_two_operators_and_a_job():
    task, [party] = task_of(check_by="operator"), parties(1)
    claim = handed_in(task, party)
    maker, _checker = finance()
    answers = factories.at_once(
        lambda: services.pass_claim(SYSTEM, claim=claim),
        lambda: services.fail_claim(SYSTEM, claim=claim, reason="看不到录像"),
        lambda: services.grant_some(SYSTEM, task=task),
        behind=Claim.objects.filter(pk=claim.pk),
    )
    assert maker.user is not None
    assert sum(isinstance(one, Refused) for one in answers) >= 1
    claim.refresh_from_db()
    assert claim.status in {"rewarded", "failed"}
    assert sound()


def test_budgets_and_claims_at_the_same_moment():
    """The budget shrinks to nothing while sixteen claim: either they were first, or it was."""
    programme = season(budget=CLIENTS * REWARD)
    task, people = task_of(programme), parties(CLIENTS)
    pool = Pool.objects.get(pk=task.pool_id)
    change = services.propose_budget(SYSTEM, pool=pool, amount=-CLIENTS * REWARD, reason="收回预算")
    answers = factories.at_once(
        lambda: services.approve_budget(SYSTEM, change=change),
        *[lambda p=one: claimed(task, p) for one in people],
    )
    pool.refresh_from_db()
    assert pool.reserved + pool.granted <= pool.budget
    assert pool.budget in {0, CLIENTS * REWARD}
    assert any(not isinstance(one, Refused) for one in answers)
    assert sound()


def test_finishing_in_many_tasks_and_claiming_them_never_wait_for_each_other():
    """Tasks whose rewards go to who finishes first, all of one pool: one person's records finish
    several of them while others claim these."""
    programme = season()
    tasks = [task_of(programme, hold="finish", quota=3) for _three in range(3)]
    tasks += [task_of(programme) for _two in range(2)]
    people, others = parties(6), parties(6)
    for number, party in enumerate(people):
        for task in tasks if number % 2 else reversed(tasks):
            claimed(task, party)
        went_live(party, days=2)
    factories.at_once(  # raises whatever is no refusal
        *[lambda p=one: went_live(p, days=1, start=2) for one in people],
        *[lambda p=one: [claimed(task, p) for task in tasks] for one in others],
    )
    rewarded = Claim.objects.filter(status="rewarded")
    assert rewarded.filter(task__hold="claim").count() == 2 * len(people)
    assert rewarded.filter(task__hold="finish").count() == 3 * 3
    assert sound()
