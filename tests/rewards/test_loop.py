"""The loop to its end: a weak indicator, a task for it, its records, the fact, and a preview whose
numbers are those that the published formulas give."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.evaluation import services as evaluation
from portal.evaluation.selectors import own_rating
from portal.rewards import selectors, services
from portal.rewards.facts import record_task_facts
from portal.rewards.fields import Audience, StepFields
from portal.rewards.states import StepEvent
from tests.conftest import person_of
from tests.evaluation.makers import providers_with_facts, quarter
from tests.factories import SYSTEM
from tests.rewards.making import claimed, task_of
from tests.training.rated import attended, method_with_completion, previewed
from tests.training.rated import previewed_when_the_month_is_over as previewed_later

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SHARES = (60, 70, 30, 80, 10, 20, 90, 80, 95)  # of ten tasks each, percent done in time
WEAK = 2
STRENGTH, LOWER, UPPER = 20, 20, 95  # of I3, as published


def expected_score(shares: list[tuple[int, float]]) -> tuple[float, float]:
    """Of the weak one, by hand: its share, drawn to the mean of all as by 20 more tasks, and how
    far that is between the goalposts, from 1 to 100. `shares`: tasks, and the percent in time."""
    tasks = sum(number for number, _share in shares)
    mean = sum(number * share for number, share in shares) / tasks
    own, share = shares[WEAK]
    drawn = (own * share + STRENGTH * mean) / (own + STRENGTH)
    return drawn, 1 + 99 * (drawn - LOWER) / (UPPER - LOWER)


def test_preview_after_a_task_is_another_number_and_the_expected_one():
    world = providers_with_facts()
    weak, (_period, ends_on) = world[WEAK], quarter()
    both = zip(world, SHARES, strict=True)
    told = [attended(one.pk, ends_on, share, "task_on_time") for one, share in both]
    with clock.standing_at(clock.now() - HOUR):
        evaluation.record_facts(SYSTEM, facts=told)
    method = method_with_completion("I3")
    previewed(method, ends_on)
    before = own_rating(weak)
    drawn, score = expected_score([(10, share) for share in SHARES])
    steps = before.board.lines["I3"].steps
    assert (steps.raw, steps.sample) == (30, 10)
    assert (steps.shrunk, steps.score) == (pytest.approx(drawn), pytest.approx(score))

    course = StepFields(event=StepEvent.COURSE, target=1)
    task = task_of(indicator="I3", steps=(course,), audience=Audience(kinds=("provider",)))
    [offered] = selectors.tasks_lifting(person_of(weak).actor)
    assert offered.task == task
    [step] = selectors.preview_path(task, weak).steps
    assert (step.counted, step.target) == (0, 1)
    claim = claimed(task, weak, person_of(weak).actor)
    with clock.standing_at(clock.now() + HOUR):
        services.record_step(SYSTEM, party=weak, event="course", ref="enrolment:7", at=clock.now())
    claim.refresh_from_db()
    assert claim.status == "rewarded"
    with clock.standing_at(claim.ended_at + HOUR):
        assert record_task_facts(SYSTEM) == 1

    previewed_later(method)
    after = own_rating(weak)
    share = (10 * 30 + 100) / 11
    others = [(10, one) for one in SHARES]
    drawn_after, score_after = expected_score([*others[:WEAK], (11, share), *others[WEAK + 1 :]])
    steps = after.board.lines["I3"].steps
    assert (steps.raw, steps.sample) == (pytest.approx(share), 11), "36.4% where it was 30%"
    assert (steps.shrunk, steps.score) == (pytest.approx(drawn_after), pytest.approx(score_after))
    assert score_after - score > 2
    lifted = (score_after / score) ** (1 / 3)  # three dimensions of equal weight, geometric
    assert after.rating.score == pytest.approx(before.rating.score * lifted)
