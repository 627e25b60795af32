"""A party's way through a task: claimed, counted, decided, appealed; and what each refusal says."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.evaluation.models import Fact
from portal.notices.models import Notice
from portal.parties.models.listing import Reach
from portal.rewards import facts, rules, selectors, services
from portal.rewards.fields import Audience, RevocationFields, StepFields, StepSaid, UseFields
from portal.rewards.models import Claim, ClaimSign, Coupon, PoolEntry, StepRecord, Task
from portal.rewards.services.counting import count, write_steps
from portal.rewards.signs import Found, _finders, register_signs
from portal.rewards.states import StepEvent
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.rewards.making import (
    REWARD,
    claimed,
    coupon_task,
    handed_in,
    narrowed,
    season,
    task_fields,
    task_of,
    went_live,
)

pytestmark = pytest.mark.django_db


def refused(call, status: int) -> str:
    before = (Claim.objects.count(), PoolEntry.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.verdict.status == status
    after = (Claim.objects.count(), PoolEntry.objects.count(), AuditEntry.objects.count())
    assert before == after, "a refusal changes nothing"
    return str(caught.value.verdict.reason)


def sound() -> bool:
    return not [check for check in selectors.verification() if check.wrong]


def kinds_of(claim: Claim) -> list[str]:
    return list(claim.entries.order_by("pk").values_list("kind", flat=True))


def test_a_claim_is_counted_by_records_and_rewarded_at_the_last_one(creator):
    task = task_of()
    claim = services.claim_task(creator.actor, task=task, party=creator.party)
    assert (claim.status, claim.standing) == ("claimed", "reserved")
    went_live(creator.party, days=2)
    went_live(creator.party, days=2)  # told again: the same rows count once
    claim.refresh_from_db()
    progress = claim.steps.get()
    assert (claim.status, progress.done, progress.rest) == ("in_progress", 2, 1)
    went_live(creator.party, days=1, start=2)
    claim.refresh_from_db()
    assert (claim.status, claim.standing) == ("rewarded", "granted")
    assert kinds_of(claim) == ["reserve", "grant"]
    task.pool.refresh_from_db()
    assert (task.pool.reserved, task.pool.granted) == (0, REWARD)
    told = Notice.objects.filter(user=creator.user, event="reward.claim.rewarded")
    assert told.count() == 1
    assert sound()


def test_records_of_before_count_only_from_the_seasons_first_day(creator):
    since_claim, since_season = (
        task_of(steps=(StepFields(event="live", target=3, since=since),))
        for since in ("claim", "season")
    )
    went_live(creator.party, days=2, at=clock.now() - timedelta(days=1))
    [step] = selectors.preview_path(since_season, creator.party).steps
    assert (step.counted, step.lately) == (2, 2)
    [step] = selectors.preview_path(since_claim, creator.party).steps
    assert (step.counted, step.lately) == (0, 2)
    early, late = (claimed(task, creator.party) for task in (since_claim, since_season))
    assert [one.steps.get().done for one in (early, late)] == [0, 2]
    assert (early.status, late.status) == ("claimed", "in_progress")


def test_sums_and_scopes_count_what_they_say(creator):
    task = task_of(
        steps=(
            StepFields(event="order", fold="sum", target=5_000),
            StepFields(event="course", target=1, scope="live-basics"),
        )
    )
    claim = claimed(task, creator.party)
    said = [("order", "o1", 4_999, ""), ("course", "c1", 1, "other"), ("order", "o2", 1, "")]
    for event, ref, amount, scope in said:
        services.record_step(
            SYSTEM,
            party=creator.party,
            event=event,
            ref=ref,
            amount=amount,
            scope=scope,
            at=clock.now(),
        )
    claim.refresh_from_db()
    assert [one.done for one in claim.steps.order_by("step__position")] == [5_000, 0]
    assert claim.status == "in_progress"
    services.record_step(
        SYSTEM,
        party=creator.party,
        event="course",
        ref="c2",
        scope="live-basics",
        at=clock.now(),
    )
    claim.refresh_from_db()
    assert claim.status == "rewarded"
    assert StepRecord.objects.count() == 4


def test_only_the_system_tells_records(creator):
    with pytest.raises(Refused) as caught:
        services.record_step(
            creator.actor, party=creator.party, event="live", ref="x", at=clock.now()
        )
    assert caught.value.verdict.status == 403
    assert not StepRecord.objects.exists()


def test_who_may_not_claim_is_told_why(creator, merchant, colleague, provider, stranger):
    task = narrowed(audience=Audience(kinds=("creator",), least_followers=1_000))

    def claims(person, of=task):
        return lambda: services.claim_task(person.actor, task=of, party=person.party)

    assert "1,000" in refused(claims(creator), 422)
    refused(claims(merchant), 403)
    refused(claims(colleague), 403)
    refused(lambda: services.claim_task(stranger.actor, task=task, party=creator.party), 403)
    Reach.objects.update_or_create(
        party=creator.party, defaults={"followers": 5_000, "published_at": clock.now()}
    )
    services.claim_task(creator.actor, task=task, party=creator.party)
    assert refused(claims(creator), 409) == str(rules.ALREADY)
    small = narrowed(audience=Audience(kinds=("provider",), sizes=("L",)))
    assert "L" in refused(claims(provider, small), 422)
    closed = services.close_task(SYSTEM, task=task_of(), reason="赛季改期")
    refused(claims(provider, closed), 409)
    full = task_of(quota=1)
    claimed(full, creator.party)
    assert refused(claims(provider, full), 409) == str(rules.GONE)


def test_a_claim_that_is_given_up_or_runs_out_frees_its_place(creator, provider):
    task = task_of(quota=1, begin_days=2)
    claim = claimed(task, creator.party)
    services.withdraw_claim(creator.actor, claim=claim)
    again = claimed(task, provider.party)
    later = clock.now() + timedelta(days=4)
    with clock.standing_at(later):
        assert services.expire_claims(SYSTEM) == 1
        assert services.expire_claims(SYSTEM) == 0
        third = claimed(task, creator.party)
    again.refresh_from_db()
    assert (again.status, again.standing) == ("expired", "returned")
    assert kinds_of(again) == ["reserve", "release"]
    assert third.status == "claimed"
    assert sound()


def test_what_is_done_and_only_not_handed_in_is_not_lost(creator):
    task = task_of(check_by="operator")
    claim = claimed(task, creator.party)
    assert refused(lambda: services.submit_claim(creator.actor, claim=claim), 422)
    went_live(creator.party)
    with clock.standing_at(clock.now() + timedelta(days=30)):
        services.expire_claims(SYSTEM)
    claim.refresh_from_db()
    assert claim.status == "submitted"


def test_what_is_done_and_waits_to_be_handed_in_is_told_once(creator, provider):
    """Also where records of before come late, and where it is handed in as its time runs out."""
    task = task_of(check_by="operator")
    both = (creator.party, provider.party)
    early, late = clock.now() + timedelta(hours=1), clock.now() + timedelta(days=1)
    for party in both:
        claimed(task, party)
        went_live(party, at=late)
    before = [
        StepSaid(party.pk, StepEvent.LIVE, f"before/{party.pk}/{day}", early)
        for party in both
        for day in range(3)
    ]
    assert services.record_steps(SYSTEM, steps=before) == len(before)
    assert set(Claim.objects.values_list("status", "finished_at")) == {("in_progress", early)}
    with clock.standing_at(clock.now() + timedelta(days=30)):
        services.expire_claims(SYSTEM)
    assert set(Claim.objects.values_list("status", flat=True)) == {"submitted"}
    assert Notice.objects.filter(event="reward.claim.reached").count() == len(both)


def test_what_is_handed_in_between_counting_and_going_on_was_done_when_it_was_done(provider):
    claim = claimed(task_of(check_by="operator"), provider.party)
    steps = [
        StepSaid(provider.party.pk, StepEvent.LIVE, f"live/{day}", clock.now()) for day in range(3)
    ]
    write_steps(SYSTEM, steps=steps)
    count([claim.pk])
    claim = services.submit_claim(provider.actor, claim=claim)
    claim.refresh_from_db()
    assert (claim.status, claim.finished_at) == ("submitted", claim.steps.get().reached_at)


def test_a_provider_fails_objects_and_wins(provider, rival):
    task = task_of(check_by="operator")
    claim = handed_in(task, provider.party)
    first, second = staff_person("operator"), staff_person("risk", "evaluation")
    assert refused(lambda: services.fail_claim(first.actor, claim=claim, reason=" "), 422)
    services.fail_claim(first.actor, claim=claim, reason="第三场录像打不开")
    claim.refresh_from_db()
    assert (claim.status, claim.standing, claim.reason) == (
        "failed",
        "returned",
        "第三场录像打不开",
    )
    facts.record_task_facts(SYSTEM)
    assert Fact.objects.get(measure="task_on_time").value == 0
    refused(lambda: services.appeal_claim(rival.actor, claim=claim, text="不公平"), 403)
    appeal = services.appeal_claim(provider.actor, claim=claim, text="录像地址已更新")
    refused(lambda: services.appeal_claim(provider.actor, claim=claim, text="再次"), 409)
    said = {"appeal": appeal, "grants": True, "sentence": "录像可以播放"}
    refused(lambda: services.decide_appeal(first.actor, **said), 403)
    services.decide_appeal(second.actor, **said)
    claim.refresh_from_db()
    assert (claim.status, claim.standing, claim.turns) == ("rewarded", "granted", 1)
    facts.record_task_facts(SYSTEM)
    standing = Fact.objects.get(measure="task_on_time", correction=None)
    assert standing.value == 100
    assert facts.record_task_facts(SYSTEM) == 0
    assert sound()


def test_a_revoked_reward_goes_back_and_bars_for_a_while(creator):
    task = task_of()
    claim = claimed(task, creator.party)
    went_live(creator.party)
    judge = staff_person("risk").actor
    until = clock.today() + timedelta(days=30)
    fields = RevocationFields("同一买家重复下单", "barred", until)
    services.revoke_claim(judge, claim=claim, fields=fields)
    claim.refresh_from_db()
    assert (claim.status, claim.standing) == ("revoked", "returned")
    assert kinds_of(claim) == ["reserve", "grant", "revoke"]
    other = task_of()
    assert until.isoformat() in refused(lambda: claimed(other, creator.party), 409)
    refused(lambda: claimed(task, creator.party), 409)
    appeal = services.appeal_claim(creator.actor, claim=claim, text="并非重复下单")
    services.decide_appeal(
        staff_person("operator").actor, appeal=appeal, grants=True, sentence="核实为不同买家"
    )
    claim.refresh_from_db()
    assert claim.status == "rewarded"
    claimed(other, creator.party)  # the bar went with the revocation
    assert sound()


def test_a_sign_sends_a_claim_to_a_person(creator):
    def odd(claims):
        return {claim.pk: [Found("burst", 95, 80, 12)] for claim in claims}

    task = task_of()
    claim = claimed(task, creator.party)
    register_signs(odd)
    try:
        went_live(creator.party)
    finally:
        _finders.remove(odd)
    claim.refresh_from_db()
    assert (claim.status, ClaimSign.objects.get().code) == ("verifying", "burst")
    services.pass_claim(staff_person("operator").actor, claim=claim)
    claim.refresh_from_db()
    assert claim.status == "rewarded"


def test_who_finishes_after_the_last_reward_has_passed_without(creator, provider):
    task = task_of(quota=1, hold="finish")
    claims = [claimed(task, person.party) for person in (creator, provider)]
    assert {claim.standing for claim in claims} == {"none"}
    for person in (creator, provider):
        went_live(person.party)
    for claim in claims:
        claim.refresh_from_db()
    assert [claim.status for claim in claims] == ["rewarded", "passed"]
    assert claims[1].missed_out
    assert Notice.objects.filter(user=provider.user, event="reward.claim.missed").exists()
    assert sound()


def test_the_next_season_has_the_same_tasks_as_drafts(operator):
    programme = season()
    task = task_of(programme, indicator="I3")
    coupon_task(programme)
    start = programme.starts_on + timedelta(days=91)
    made = services.clone_programme(
        operator.actor,
        programme=programme,
        code="next",
        name_zh="下一季",
        name_en="Next",
        starts_on=start,
    )
    drafts = Task.objects.filter(programme=made)
    assert {(one.status, one.taken) for one in drafts} == {("draft", 0)}
    copy = drafts.get(cloned_from=task)
    assert copy.opens_at - task.opens_at == timedelta(days=91)
    assert [step.target for step in copy.steps.all()] == [3]
    assert {(pool.unit, pool.budget) for pool in made.pools.all()} == {("cash", 0), ("coupon", 0)}
    refused(lambda: services.publish_task(operator.actor, task=copy), 422)  # no budget yet


def test_whole_months_stay_whole_months_in_the_next_season():
    first, last = date(2031, 10, 1), date(2031, 12, 31)
    closing = datetime(2031, 12, 31, 20, tzinfo=clock.SHANGHAI)
    programme = season(starts_on=first, ends_on=last)
    times = {"opens_at": closing - timedelta(hours=20), "closes_at": closing}
    services.create_task(SYSTEM, programme=programme, fields=task_fields(**times))
    made = services.clone_programme(
        SYSTEM,
        programme=programme,
        code="q1",
        name_zh="春季",
        name_en="Spring",
        starts_on=date(2032, 1, 1),
    )
    assert made.ends_on == date(2032, 3, 31)
    copy = made.tasks.get()
    assert clock.day_of(copy.opens_at) == clock.day_of(copy.closes_at) == made.ends_on


def test_a_task_says_what_is_wrong_with_it(operator, creator):
    programme = season()
    wrong = task_fields(
        code="X", quota=0, finish_days=0, steps=(), audience=Audience(kinds=()), title_zh=" "
    )
    with pytest.raises(Refused) as caught:
        services.create_task(operator.actor, programme=programme, fields=wrong)
    fields = {flaw.field for flaw in caught.value.verdict.flaws}
    assert {"code", "quota", "finish_days", "steps", "kinds", "title_zh"} <= fields
    assert not Task.objects.exists()
    task = task_of(programme)
    with pytest.raises(Refused) as caught:
        services.change_task(operator.actor, task=task, fields=task_fields())
    assert caught.value.verdict.status == 409
    with pytest.raises(Refused):
        services.create_task(creator.actor, programme=programme, fields=task_fields())


def test_a_coupon_is_used_with_a_trace_and_its_rest_expires(creator, operator):
    task = coupon_task()
    claim = claimed(task, creator.party)
    went_live(creator.party)
    coupon = Coupon.objects.get(claim=claim)

    def uses(amount, ref):
        use = UseFields(coupon.number, amount, ref, clock.now(), "直播间加热")
        return services.use_coupons(operator.actor, uses=[use])

    assert uses(200, "T1") == 1
    assert uses(200, "T1") == 0  # told again
    refused(lambda: uses(301, "T2"), 422)
    refused(lambda: uses(100, "T1"), 422)
    with clock.standing_at(coupon.expires_at + timedelta(hours=1)):
        assert services.expire_coupons(SYSTEM) == 1
    coupon.refresh_from_db()
    assert (coupon.status, coupon.used, coupon.rest) == ("expired", 200, 300)
    pool = task.pool
    pool.refresh_from_db()
    assert (pool.granted, pool.used, pool.reserved) == (200, 200, 0)
    assert kinds_of(claim) == ["reserve", "grant", "use", "expire"]
    assert sound()
