"""Every size can win something: nothing is published that leaves one with nothing, by whichever
door."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock
from portal.core.verdict import Refused
from portal.rewards import rules, selectors, services
from portal.rewards.fields import Audience
from portal.rewards.models import Task
from tests.factories import SYSTEM
from tests.rewards.making import claimed, season, task_fields, task_of

pytestmark = pytest.mark.django_db
S, M, L = (Audience(kinds=("provider",), sizes=(size,)) for size in "SML")


def draft(programme, audience, **changes):
    fields = task_fields(audience=audience, **changes)
    return services.create_task(SYSTEM, programme=programme, fields=fields)


def refused(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.verdict.status == 422
    assert not Task.objects.filter(status="published").exists()
    return str(caught.value.verdict.reason)


def test_no_door_publishes_what_leaves_a_size_with_nothing(operator):
    programme = season()
    small, large = draft(programme, S), draft(programme, L)
    browser, actor = operator.browser(), operator.actor
    sentence = refused(lambda: services.publish_task(actor, task=small))
    assert "M" in sentence
    assert "L" in sentence
    sentence = refused(lambda: services.open_season(actor, programme=programme))
    assert sentence == str(rules.can_open_season(actor, programme).reason)
    assert "M" in sentence
    assert sentence in browser.get(f"/tasks/manage/seasons/{programme.code}/").content.decode()
    opening = f"/api/v1/task-seasons/{programme.pk}/opening/"
    answer = browser.post(opening, {}, "application/json")
    assert (answer.status_code, answer.json()["detail"]) == (422, sentence)
    answer = browser.post(f"/api/v1/tasks/{large.pk}/publication/", {}, "application/json")
    assert answer.status_code == 422
    assert browser.post(f"/tasks/manage/tasks/{large.pk}/publication/").status_code == 422
    said = {"action": "open_seasons", "_selected_action": programme.pk, "confirmed": "1"}
    shown = browser.post("/admin/rewards/programme/", said, follow=True).content.decode()
    assert sentence in shown
    assert not Task.objects.filter(status="published").exists()
    draft(programme, M)
    answer = browser.post(opening, json.dumps({}), "application/json")
    assert (answer.status_code, answer.json()) == (200, {"published": 3})
    assert {row.tasks for row in selectors.sizes_of(programme)} == {1}
    # What is for some only is published beside what is for all of them, alone.
    services.publish_task(actor, task=draft(programme, S))
    assert rules.can_open_season(actor, programme).status == 422  # no draft is left


def test_a_kind_that_comes_later_is_served_whole_and_what_is_over_serves_nobody(operator):
    programme = season()
    task_of(programme, audience=Audience(kinds=("provider",)))
    grown = Audience(kinds=("creator",), least_followers=1_000)
    alone = draft(programme, grown)
    verdict = rules.can_publish_task(operator.actor, alone)
    assert (verdict.status, "999" in str(verdict.reason)) == (422, True)
    over = task_of(
        programme,
        audience=Audience(kinds=("creator",)),
        closes_at=clock.now() + timedelta(days=1),
    )
    assert rules.can_publish_task(operator.actor, alone)
    with clock.standing_at(over.closes_at):
        assert not rules.can_publish_task(operator.actor, alone)


def test_a_gap_holds_up_only_its_own_kind_and_what_is_taken_serves_nobody(operator, merchant):
    programme, judge = season(), operator.actor
    drafts = {"S": draft(programme, S), "M": draft(programme, M, quota=1), "L": draft(programme, L)}
    services.open_season(judge, programme=programme)
    services.close_task(judge, task=drafts["S"], reason="关闭")
    alone = draft(programme, L)
    assert "S" in str(rules.can_publish_task(judge, alone).reason)
    task = draft(programme, Audience(kinds=("merchant",)), quota=1)
    services.publish_task(judge, task=task)
    services.publish_task(judge, task=draft(programme, S))
    assert rules.can_publish_task(judge, alone)
    Task.objects.filter(pk=drafts["M"].pk).update(taken=1)
    sentence = str(rules.can_publish_task(judge, alone).reason)
    assert ("M" in sentence, "S" in sentence) == (True, False)
    assert "M" in str(rules.can_open_season(judge, programme).reason)
    shown = {row.label[-1]: row.tasks for row in selectors.sizes_of(programme)[-3:]}
    assert shown == {"S": 1, "M": 0, "L": 1}
    claimed(task, merchant.party)  # the last reward for merchants
    assert rules.can_publish_task(judge, draft(programme, Audience(kinds=("merchant",))))


@pytest.mark.parametrize(
    ("least", "english", "chinese"),
    [
        (20_000, "Creator with 20,000 followers", "粉丝 20,000 的达人"),
        (1, "Creator with 1 follower", "粉丝 1 的达人"),
    ],
)
def test_a_band_of_one_number_names_it_once(least, english, chinese):
    tasks = [Task(kinds=["creator"], least_followers=least, most_followers=least)]
    for language, label in (("en", english), ("zh-hans", chinese)):
        with override(language):
            assert rules.bands_of(tasks)[1].label == label


def test_what_asks_for_a_score_or_another_number_serves_no_size(operator):
    programme = season()
    for audience in (
        Audience(kinds=("merchant",), least_score=8_000),
        Audience(kinds=("provider",), most_followers=10),
        Audience(kinds=("agency",), most_stars=4),
        Audience(kinds=("creator", "merchant"), least_stars=1),
    ):
        verdict = rules.can_publish_task(operator.actor, draft(programme, audience))
        assert verdict.status == 422, audience
    for audience in (
        Audience(kinds=("agency",), services=()),
        Audience(kinds=("agency",), least_stars=0),
    ):
        assert rules.can_publish_task(operator.actor, draft(programme, audience))


ends = st.one_of(st.none(), st.integers(0, 40))


@given(st.lists(st.tuples(ends, ends), min_size=1, max_size=5))
def test_a_line_of_followers_is_whole_or_the_gap_is_named(spans):
    tasks = [
        Task(kinds=["creator"], least_followers=least, most_followers=most) for least, most in spans
    ]
    is_whole = all(
        any((low or 0) <= n and (high is None or n <= high) for low, high in spans)
        for n in range(50)
    )
    assert bool(rules.leaves_nobody_out(tasks)) is is_whole
