"""Steps from the tables that own them: told again and again, counted once; signs; remedies; and the
loop from a weak indicator over a task to the fact that lifts it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.activity import services as activity
from portal.activity.fields import DayFields
from portal.activity.states import Source
from portal.core import clock
from portal.core.verdict import Refused
from portal.evaluation.models import Fact, Remedy
from portal.notices.models import Notice
from portal.rewards import finding, services
from portal.rewards.facts import record_task_facts
from portal.rewards.fields import Audience, StepFields, StepSaid
from portal.rewards.models import Claim, StepRecord
from portal.rewards.selectors import verification
from portal.rewards.services import record_known_steps
from portal.rewards.services.taking_back import take_back_orders
from portal.rewards.states import StepEvent
from tests.factories import SYSTEM
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import GROSS, Order, record
from tests.rewards.making import claimed, task_of
from tests.training.making import enrolled, open_session, published_course
from training.learning import services as training

pytestmark = pytest.mark.django_db
FOLLOWERS = StepEvent.SHOPPING_FOLLOWERS


def fed(party, day, *, lives=0, shopping=100, source=Source.PLATFORM):
    fields = DayFields(
        party_id=party.pk,
        day=day,
        followers=1_000,
        shopping_followers=shopping,
        videos=0,
        lives=lives,
        has_sold=lives > 0,
    )
    activity.record_days(SYSTEM, days=[fields], source=source)


def records(party):
    rows = StepRecord.objects.filter(party=party).order_by("event", "at")
    return [(row.event, row.amount) for row in rows]


def steps(*wanted):
    return tuple(StepFields(event=event, target=n, fold=fold) for event, n, fold in wanted)


def test_daily_feed_counts_once_and_followers_are_won_against_the_best(creator):
    party, today = creator.party, clock.today()
    task_of(steps=steps((StepEvent.LIVE, 2, "count"), (FOLLOWERS, 50, "sum")))
    for back, shopping in ((4, 100), (3, 130), (2, 90), (1, 140)):
        fed(party, today - timedelta(days=back), lives=back % 2, shopping=shopping)
    fed(party, today, lives=9, shopping=900, source=Source.SELF_REPORTED)
    assert record_known_steps(SYSTEM) == 4
    assert record_known_steps(SYSTEM) == 0
    assert records(party) == [("live", 1), ("live", 1), (FOLLOWERS, 30), (FOLLOWERS, 10)]


def test_claim_goes_on_by_what_happened_after_it(creator):
    party = creator.party
    task = task_of(steps=steps((StepEvent.LIVE, 2, "count")))
    with clock.standing_at(clock.now() - timedelta(minutes=30)):
        claim = claimed(task, party)
    fed(party, clock.today() - timedelta(days=1), lives=1)  # before it
    for days in (0, 1):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            fed(party, clock.today(), lives=1)
            record_known_steps(SYSTEM)
        claim.refresh_from_db()
    assert claim.steps.get().done == 2
    assert claim.finished_at is not None


def test_settled_orders_and_finished_courses_are_told(merchant, creator, provider):
    agreed(merchant, provider)
    task_of(steps=steps((StepEvent.ORDER, 1, "count"), (StepEvent.COURSE, 1, "count")))
    order = Order(merchant, creator)
    record(order.paid(), order.settled())
    course = published_course("open", kind="open")
    made = enrolled(provider.actor, open_session(course), provider.party)
    for lesson in course.lessons.order_by("position"):
        training.finish_lesson(provider.actor, enrolment=made, lesson=lesson)
    record_known_steps(SYSTEM, since=clock.now() - timedelta(days=400))
    [(event, fen)] = records(creator.party)
    assert event == StepEvent.ORDER
    assert fen > 0
    assert ("course", 1) in records(provider.party)
    before = StepRecord.objects.count()
    record_known_steps(SYSTEM, since=clock.now() - timedelta(days=400))
    assert StepRecord.objects.count() == before
    assert not StepRecord.objects.filter(party=merchant.party).exists()  # no task asks merchants


def test_only_the_platform_records(creator):
    with pytest.raises(Refused):
        record_known_steps(creator.actor)


def test_signs_send_a_claim_to_a_person(creator):
    """Twelve records of one event within two minutes: a burst."""
    task = task_of(steps=steps((StepEvent.COURSE, 12, "count")))
    claim = claimed(task, creator.party)
    told = [
        StepSaid(
            creator.party.pk,
            StepEvent.COURSE,
            f"course:{n}",
            claim.claimed_at + timedelta(seconds=10 * n),
        )
        for n in range(12)
    ]
    [[found]] = [*_recorded(claim, told).values()]
    assert (found.code, found.value, found.threshold, found.of) == ("burst", 100, 80, 12)


def _recorded(claim, told):
    services.record_steps(SYSTEM, steps=told)
    return finding.signs_in_records(list(Claim.objects.filter(pk=claim.pk)))


def test_open_task_is_a_remedy_until_its_window_is_over():
    task = task_of(indicator="I3")
    remedy = Remedy.objects.get(origin=f"rewards.task:{task.code}")
    assert (remedy.indicator, remedy.kind, remedy.is_open) == ("I3", "task", True)
    assert remedy.url == task.get_absolute_url()
    assert services.refresh_remedies(SYSTEM) == 0
    with clock.standing_at(task.closes_at + timedelta(minutes=1)):
        assert services.refresh_remedies(SYSTEM) == 1
    remedy.refresh_from_db()
    assert not remedy.is_open


def test_task_done_in_time_is_a_fact_of_the_provider(provider):
    """The loop: an indicator's remedy is a task; what is recorded passes it; the fact counts."""
    task = task_of(indicator="I3", steps=steps((StepEvent.COURSE, 1, "count")))
    assert Remedy.objects.filter(indicator="I3", is_open=True).exists()
    claim = claimed(task, provider.party)
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        services.record_step(
            SYSTEM, party=provider.party, event="course", ref="enrolment:1", at=clock.now()
        )
    claim.refresh_from_db()
    assert claim.ended_at is not None
    with clock.standing_at(claim.ended_at + timedelta(hours=1)):
        assert record_task_facts(SYSTEM) == 1
        assert record_task_facts(SYSTEM) == 0
    fact = Fact.objects.get(measure="task_on_time")
    assert (fact.party, fact.value, fact.ref_id) == (provider.party, 100.0, str(claim.pk))


def test_an_order_given_back_before_anybody_decided_counts_no_more(merchant, creator, operator):
    """It counts again towards nothing; what of another was given back is not summed up."""
    whole, part = (Order(merchant, creator, order=name) for name in ("D1", "D2"))
    task = task_of(
        audience=Audience(kinds=("creator",)),
        steps=steps((StepEvent.ORDER, 2, "count"), (StepEvent.ORDER, 2 * GROSS, "sum")),
        check_by="operator",
    )
    moment = clock.now()
    claim = claimed(task, creator.party)
    record(whole.paid(), part.paid(), whole.settled(), part.settled())
    later = moment + timedelta(days=2)
    with clock.standing_at(later):
        record_known_steps(SYSTEM)
        claim.refresh_from_db()
        assert claim.finished_at is not None
        claim = services.submit_claim(creator.actor, claim=claim)
        record(part.refunded(900, hours=30), whole.refunded(hours=31))
        assert take_back_orders(SYSTEM, since=moment) == 2  # by a worker that then dies
        record_known_steps(SYSTEM)
        claim.refresh_from_db()
        assert (claim.status, claim.finished_at, claim.standing) == (
            "in_progress",
            None,
            "reserved",
        )
        assert [one.done for one in claim.steps.order_by("step__position")] == [1, GROSS - 900]
        assert Notice.objects.filter(user=creator.user, event="reward.claim.reopened").count() == 1
        with pytest.raises(Refused):
            services.pass_claim(operator.actor, claim=claim)
        record_known_steps(SYSTEM)
        third = Order(merchant, creator, order="D3")
        record(third.paid(), third.settled(hours=40))
        third_more = Order(merchant, creator, order="D4")
        record(third_more.paid(900), third_more.settled(900, hours=41))
        record_known_steps(SYSTEM)
        claim.refresh_from_db()
        assert claim.finished_at is not None
        services.submit_claim(creator.actor, claim=claim)
        services.pass_claim(operator.actor, claim=claim)
    claim.refresh_from_db()
    assert claim.status == "rewarded"
    assert not [check for check in verification() if check.wrong]
