"""What somebody tries who wants more than a task gives, or the site to stumble."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from portal.activity import services as activity
from portal.activity.fields import DayFields
from portal.activity.states import Source
from portal.core import clock
from portal.core.verdict import Refused
from portal.parties import services as parties
from portal.parties.models import PayoutAccount
from portal.parties.states import PartyKind
from portal.rewards import services
from portal.rewards.fields import Audience, RevocationFields, StepFields, StepSaid, UseFields
from portal.rewards.models import Claim, ClaimSign, Coupon, StepRecord, Task
from portal.rewards.selectors import verification
from portal.rewards.services import counting, recording
from portal.rewards.sources import _sources
from tests import factories
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.rewards.making import (
    claimed,
    coupon_task,
    handed_in,
    season,
    task_fields,
    task_of,
    went_live,
)
from tests.rewards.making import parties as many

pytestmark = pytest.mark.django_db
WHY = "同一家公司登记了两次。"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def sound() -> bool:
    return not [check for check in verification() if check.wrong]


def merged(operator, survivor, absorbed):
    parties.merge_parties(operator.actor, survivor=survivor, absorbed=absorbed, why=WHY)


def lived(party, back):
    fields = DayFields(
        party_id=party.pk,
        day=clock.today() - timedelta(days=back),
        followers=10,
        videos=0,
        lives=1,
        has_sold=False,
    )
    activity.record_days(SYSTEM, days=[fields], source=Source.PLATFORM)


def test_two_parties_that_become_one_count_a_day_and_a_paper_once(merchant, operator):
    """Their days are written again under the number that stays, their papers tell the new one."""
    double = factories.listed_party(PartyKind.MERCHANT, "谷雨食品")
    audience = Audience(kinds=("merchant",))
    task_of(audience=audience, steps=(StepFields("live", 9), StepFields("cooperation", 9)))
    lived(merchant.party, 2)
    lived(double, 2)
    lived(double, 1)
    side = [double.pk]

    def papers(_since):
        yield StepSaid(side[0], "cooperation", f"cooperation:7:{side[0]}", clock.now())

    _sources.append(papers)
    try:
        services.record_known_steps(SYSTEM)
        merged(operator, merchant.party, double)
        side[0] = merchant.party.pk
        services.record_known_steps(SYSTEM)
    finally:
        _sources.remove(papers)
    of_survivor = StepRecord.objects.filter(party=merchant.party)
    assert of_survivor.filter(event="cooperation").count() == 1
    assert of_survivor.filter(event="live").count() == 2


def test_a_claim_that_came_with_a_merge_is_not_passed_beside_another(provider, rival, operator):
    task = task_of(check_by="operator")
    failed = handed_in(task, rival.party)
    services.fail_claim(operator.actor, claim=failed, reason="看不到录像")
    appeal = services.appeal_claim(rival.actor, claim=failed, text="可以播放")
    claimed(task, provider.party)
    with pytest.raises(Refused) as caught:
        merged(operator, provider.party, rival.party)
    assert caught.value.verdict.status == 409
    # Nor where they had become one before anybody asked.
    Claim.objects.filter(pk=failed.pk).update(party=provider.party)
    second = staff_person("risk", "evaluation").actor
    with pytest.raises(Refused) as caught:
        services.decide_appeal(second, appeal=appeal, grants=True, sentence="可以")
    assert caught.value.verdict.status == 409
    services.decide_appeal(second, appeal=appeal, grants=False, sentence="已重新认领")
    assert sound()


def test_who_finished_first_is_first_whatever_their_number(monkeypatch):
    monkeypatch.setattr(counting, "CHUNK", 1)
    task = task_of(quota=1, hold="finish", steps=(StepFields("live", 1),))
    late, early = many(2)
    for party in (late, early):
        claimed(task, party)
    now = clock.now()
    said = [
        StepSaid(late.pk, "live", "a", now + timedelta(minutes=2)),
        StepSaid(early.pk, "live", "b", now + timedelta(minutes=1)),
    ]
    with clock.standing_at(now + timedelta(minutes=5)):
        services.record_steps(SYSTEM, steps=said)
    status = dict(Claim.objects.values_list("party", "standing"))
    assert status == {early.pk: "granted", late.pk: "none"}


def test_a_worker_that_died_after_writing_loses_nobodys_step(creator, monkeypatch):
    task = task_of(steps=(StepFields("live", 1),))
    claim = claimed(task, creator.party)
    lived(creator.party, 0)

    def dies(*_args, **_more):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(recording, "recount", dies)
        with pytest.raises(MemoryError):
            services.record_known_steps(SYSTEM)
    assert StepRecord.objects.exists()
    services.record_known_steps(SYSTEM)
    claim.refresh_from_db()
    assert claim.status == "rewarded"


def test_a_burst_before_the_claim_is_seen_where_it_counts(creator):
    task = task_of(steps=(StepFields("meeting", 10, since="season"),))
    at = clock.now() - timedelta(days=2)
    said = [StepSaid(creator.party.pk, "meeting", f"m{n}", at) for n in range(12)]
    services.record_steps(SYSTEM, steps=said)
    claim = claimed(task, creator.party)
    assert claim.status == "verifying"
    assert ClaimSign.objects.get(claim=claim).code == "burst"


def test_parties_paid_to_one_account_are_sent_to_a_person(creator, provider):
    task = task_of()
    for person, status in ((creator, "entered"), (provider, "entered")):
        PayoutAccount.objects.create(
            party=person.party,
            bank="招商银行",
            holder="某人",
            number_sealed=b"sealed",
            number_print="a" * 64,
            last4="1234",
            status=status,
            entered_at=clock.now(),
        )
        claimed(task, person.party)
    went_live(creator.party)
    [sign] = ClaimSign.objects.all()
    assert (sign.claim.party, sign.code, sign.value) == (creator.party, "shared", 1)
    PayoutAccount.objects.filter(party=creator.party).update(status="withdrawn")
    went_live(provider.party)
    assert ClaimSign.objects.count() == 1
    assert Claim.objects.get(party=provider.party).status == "rewarded"


def test_times_and_numbers_out_of_this_world_are_refused(operator):
    programme = season()
    browser = operator.browser()
    fields = task_fields()
    body = {
        "season": programme.code,
        "code": "edge",
        "title_zh": "边界",
        "title_en": "Edge",
        "text_zh": "边界",
        "text_en": "Edge",
        "audience": {"kinds": ["creator"]},
        "steps": [{"step_event": "live", "target": 3}],
        "quota": 3,
        "opens_at": fields.opens_at.isoformat(),
        "closes_at": fields.closes_at.isoformat(),
        "finish_days": 7,
        "reward_unit": "cash",
        "amount_fen": 100,
    }
    for change in (
        {"closes_at": "9999-12-31T23:59:59Z"},
        {"opens_at": "0001-01-01T00:00:00Z"},
        {"quota": 10**30},
        {"quota": -1},
        {"quota": 1.5},
        {"amount_fen": 10**30},
        {"amount_fen": -5},
        {"coupon_kind": 10**30, "reward_unit": "coupon"},
        {"finish_days": 10**30},
        {"steps": [{"step_event": "live", "target": 10**30}]},
        {"steps": [{"step_event": "live", "target": 1}] * 9},
        {"title_zh": "\0"},
        {"audience": {"kinds": ["creator"], "least_stars": 10**30}},
        {"audience": {"kinds": ["creator", "creator"], "services": ["\0"]}},
        {"season": "no-such"},
        {"text_en": "x" * 3001},
    ):
        answer = browser.post("/api/v1/tasks/", json.dumps(body | change), "application/json")
        assert answer.status_code in (400, 404, 422), (change, answer.status_code, answer.content)
    assert not Task.objects.exists()
    answer = browser.post("/api/v1/tasks/", json.dumps(body), "application/json")
    assert answer.status_code == 201, answer.content
    clone = {"code": "far", "name_zh": "远", "name_en": "Far", "starts_on": "9999-12-31"}
    for change in ({}, {"starts_on": "0001-01-01"}):
        answer = browser.post(
            f"/api/v1/task-seasons/{programme.pk}/clones/",
            json.dumps(clone | change),
            "application/json",
        )
        assert answer.status_code in (400, 422), (change, answer.status_code)
        page = browser.post(f"/tasks/manage/seasons/{programme.code}/clone/", clone | change)
        assert page.status_code in (200, 422), page.status_code


def test_addresses_with_a_nul_or_nonsense_are_answered(operator, creator):
    season()
    for browser in (operator.browser(), creator.browser()):
        for address in (
            "/api/v1/tasks/?line=%00",
            "/api/v1/tasks/?kind=%00&unit=x",
            "/api/v1/tasks/?open=%00&cursor=%00",
            "/api/v1/task-claims/?task_claim_status=%00",
            "/tasks/?kind=%00&line=%00&unit=%00&size=%00&cursor=%00",
            "/tasks/?kind=nobody",
            "/tasks/manage/?season=%00",
            "/tasks/manage/claims/?status=%00&task=%00",
            "/tasks/manage/tasks/?q=%00",
            "/tasks/mine/?q=%00&sort=%00",
            "/tasks/rewards/?status=%00",
        ):
            assert browser.get(address).status_code in (200, 400, 403, 404, 422), address


def test_a_draft_of_eight_steps_keeps_them_on_the_page(operator):
    steps = tuple(StepFields("live", n) for n in range(1, 9))
    task = services.create_task(SYSTEM, programme=season(), fields=task_fields(steps=steps))
    page = operator.browser().get(f"/tasks/manage/tasks/{task.pk}/").content.decode()
    assert 'name="target_8"' in page


def test_a_second_revocation_can_be_objected_to_as_well(creator):
    claim = claimed(task_of(), creator.party)
    went_live(creator.party)
    judge, second = staff_person("risk"), staff_person("operator")
    for turn in range(2):
        claim.refresh_from_db()
        services.revoke_claim(
            judge.actor, claim=claim, fields=RevocationFields("同一买家", "reward")
        )
        appeal = services.appeal_claim(creator.actor, claim=claim, text="并非同一买家")
        services.decide_appeal(second.actor, appeal=appeal, grants=True, sentence="核实")
        claim.refresh_from_db()
        assert (claim.status, claim.turns) == ("rewarded", turn + 1)
    assert sound()


def test_points_at_the_last_second_and_told_late(creator, operator):
    claim = claimed(coupon_task(), creator.party)
    went_live(creator.party)
    coupon = Coupon.objects.get(claim=claim)

    def uses(amount, ref, at):
        return services.use_coupons(
            operator.actor, uses=[UseFields(coupon.number, amount, ref, at)]
        )

    last = coupon.expires_at
    with clock.standing_at(last + timedelta(seconds=1)):
        assert uses(100, "T1 ", last - timedelta(seconds=1)) == 1
        assert uses(100, "T1", last - timedelta(seconds=1)) == 0
        for at in (last, last + timedelta(seconds=1)):
            with pytest.raises(Refused):
                uses(100, "T2", at)
    for amount in (0, -1, 10**20, 501):
        with pytest.raises(Refused):
            uses(amount, "T3", clock.now())
    assert sound()


def test_suspended_party_claims_nothing_and_a_stranger_objects_to_nothing(
    provider, rival, operator
):
    task = task_of(check_by="operator")
    claim = handed_in(task, provider.party)
    services.fail_claim(operator.actor, claim=claim, reason="看不到录像")
    browser = rival.browser()
    body = json.dumps({"text": "x"})
    for address in (
        f"/api/v1/task-claims/{claim.pk}/appeals/",
        f"/api/v1/task-claims/{claim.pk}/withdrawal/",
        f"/api/v1/task-claims/{claim.pk}/verdict/",
    ):
        assert browser.post(address, body, "application/json").status_code == 404, address
    assert browser.get(f"/api/v1/task-claims/{claim.pk}/").status_code == 404
    appeal = services.appeal_claim(provider.actor, claim=claim, text="可以播放")
    for address in (f"/api/v1/task-appeals/{appeal.pk}/", f"/tasks/appeals/{appeal.pk}/"):
        assert browser.get(address).status_code == 404
    parties.suspend_party(operator.actor, party=rival.party, reason="资质过期")
    rival.party.refresh_from_db()
    with pytest.raises(Refused):
        services.claim_task(rival.actor, task=task_of(), party=rival.party)
    assert sound()


def test_the_same_key_claims_once(creator):
    task, browser = task_of(), creator.browser()
    answers = [
        browser.post(
            f"/api/v1/tasks/{task.pk}/claims/", {}, "application/json", HTTP_IDEMPOTENCY_KEY="k"
        )
        for _two in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Claim.objects.count() == 1
