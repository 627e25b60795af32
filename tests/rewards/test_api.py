"""What the API answers: names, values and moments, not only a status; and the schema's examples."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from portal.core import clock
from portal.rewards import services
from portal.rewards.api import examples
from portal.rewards.fields import RevocationFields
from portal.rewards.models import Claim, Coupon, Task
from tests.conftest import staff_person
from tests.rewards.making import FACE, REWARD, claimed, coupon_task, season, task_of, went_live

pytestmark = pytest.mark.django_db


def said(person, path, body=None, status=200):
    browser, address = person.browser(), f"/api/v1/{path}"
    if body is None:
        answer = browser.get(address)
    else:
        answer = browser.post(address, json.dumps(body), "application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def same_names(found, example):
    """The example has the answer's fields, and those of what is inside it."""
    assert set(found) == set(example)
    for name, value in example.items():
        if isinstance(value, dict):
            same_names(found[name], value)
        elif isinstance(value, list) and value and isinstance(value[0], dict) and found[name]:
            same_names(found[name][0], value[0])


def test_a_task_is_written_as_the_example_says_and_answers_what_was_sent(operator, creator):
    programme, now = season(), clock.now()
    sent = examples.NEW_TASK | {
        "season": programme.code,
        "opens_at": (now - timedelta(hours=1)).isoformat(),
        "closes_at": (now + timedelta(days=20)).isoformat(),
    }
    made = said(operator, "tasks/", sent, 201)
    same_names(made, examples.TASK)
    for name in set(examples.NEW_TASK) & set(examples.TASK) - {"opens_at", "closes_at"}:
        assert made[name] == sent[name], name
    assert (made["task_status"], made["left"], made["amount"]) == ("draft", 100, 10_000)
    assert said(operator, f"task-seasons/{programme.pk}/opening/", {}) == {"published": 1}
    task = Task.objects.get()
    path = said(creator, f"tasks/{task.pk}/path/")
    assert (path["may_claim"], path["why_not"], path["left"]) == (True, "", 100)
    assert path["steps"] == [
        {"step_event": "live", "fold": "count", "target": 3, "scope": "", "counted": 0, "lately": 0}
    ]
    claim = said(creator, f"tasks/{task.pk}/claims/", {}, 201)
    same_names(claim, examples.CLAIM)
    assert (claim["task"], claim["party"]) == (task.pk, creator.party.pk)
    assert (claim["task_claim_status"], claim["reward_standing"]) == ("claimed", "reserved")
    again = said(creator, f"tasks/{task.pk}/path/")
    assert again["may_claim"] is False
    assert again["why_not"]
    [listed] = said(creator, "task-claims/?task_claim_status=claimed")["results"]
    assert listed == claim
    assert said(creator, "task-claims/?task_claim_status=rewarded")["results"] == []


def test_a_claim_answers_its_way_to_the_reward_and_back(creator, operator):
    task = task_of()
    claim = claimed(task, creator.party)
    went_live(creator.party, days=2)
    shown = said(creator, f"task-claims/{claim.pk}/")
    assert shown["steps"] == [
        {"step_event": "live", "target": 3, "done": 2, "rest": 1, "reached_at": None}
    ]
    went_live(creator.party, days=1, start=2)
    shown = said(creator, f"task-claims/{claim.pk}/")
    assert (shown["task_claim_status"], shown["reward_standing"]) == ("rewarded", "granted")
    assert (shown["amount"], shown["steps"][0]["rest"], shown["revocation"]) == (REWARD, 0, None)
    fields = RevocationFields("同一买家", "reward")
    services.revoke_claim(staff_person("risk").actor, claim=claim, fields=fields)
    shown = said(creator, f"task-claims/{claim.pk}/")
    taken = shown["revocation"]
    assert (taken["reason"], taken["amount"], taken["lost"]) == ("同一买家", REWARD, 0)
    assert shown["appeal_until"] is not None
    appeal = said(creator, f"task-claims/{claim.pk}/appeals/", {"text": "并非同一买家"}, 201)
    same_names(appeal, examples.APPEAL)
    assert (appeal["against"], appeal["said"], appeal["evidence"]) == ("revoked", "同一买家", [])
    answer = {"grants": True, "sentence": "核实为不同买家"}
    decided = said(operator, f"task-appeals/{appeal['id']}/answer/", answer)
    assert (decided["task_appeal_status"], decided["sentence"]) == ("granted", "核实为不同买家")
    assert Claim.objects.get().status == "rewarded"


def test_coupons_and_pools_say_points_and_fen_apart(creator, operator):
    programme = season()
    claimed(coupon_task(programme), creator.party)
    claimed(task_of(programme), creator.party)
    went_live(creator.party)
    coupon = Coupon.objects.get()
    use = {"number": coupon.number, "amount": 200, "ref": "T1", "at": clock.now().isoformat()}
    assert said(operator, "traffic-coupons/uses/", {"uses": [use]}) == {"recorded": 1}
    assert said(operator, "traffic-coupons/uses/", {"uses": [use]}) == {"recorded": 0}
    shown = said(creator, f"traffic-coupons/{coupon.pk}/")
    assert (shown["face"], shown["used"], shown["rest"]) == (FACE, 200, FACE - 200)
    assert [(one["ref"], one["amount"]) for one in shown["uses"]] == [("T1", 200)]
    pools = {one["reward_unit"]: one for one in said(operator, "reward-pools/")["results"]}
    same_names(pools["cash"], examples.POOL)
    assert (pools["cash"]["granted"], pools["cash"]["used"]) == (REWARD, None)
    assert (pools["coupon"]["granted"], pools["coupon"]["used"]) == (FACE, 200)
    for pool in pools.values():
        assert pool["free"] == pool["budget"] - pool["reserved"] - pool["granted"]
        rows = said(operator, f"reward-pools/{pool['id']}/entries/")["results"]
        kinds = [row["entry_kind"] for row in rows]
        assert kinds[-3:] == ["grant", "reserve", "budget"]
