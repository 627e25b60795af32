"""A brief in full: what matters most, the figures to compare on, more time, and a second start."""

from datetime import timedelta

import pytest

from matchmaking.needs import selectors, services
from matchmaking.needs.models import Proposal
from matchmaking.needs.ranking import CandidateList
from matchmaking.needs.states import NeedStatus, ProposalStatus
from portal.core import clock
from portal.notices.models import Notice
from tests import factories
from tests.matchmaking.needs.checks import refused, reread, set_status, verbs

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# --- what matters most -------------------------------------------------------------------------


def test_priorities_move_the_weights_that_are_shown(merchant, provider):
    plain = CandidateList(factories.open_need(merchant.actor))
    keen = CandidateList(factories.open_need(merchant.actor, priority_price=10, priority_score=0))
    before = {part.code: part.weight for part in plain.slice(0, 1)[0].parts}
    after = {part.code: part.weight for part in keen.slice(0, 1)[0].parts}
    evaluation = sum(weight for code, weight in after.items() if code.startswith("evaluation."))
    assert before["price"] == 15
    assert after["price"] / after["freshness"] == pytest.approx(6, rel=0.01)  # 15 × 2 to 5
    assert evaluation / after["freshness"] == pytest.approx(2.5, rel=0.01)  # 25 ÷ 2 to 5
    assert sum(after.values()) == pytest.approx(100)
    assert keen.method.version == plain.method.version


def test_priorities_out_of_range_are_refused(merchant):
    for value in (-1, 11):
        fields = factories.need_fields(priority_speed=value)
        refused(422, services.create_need, merchant.actor, fields=fields)


def test_form_without_sliders_is_neutral(merchant):
    need = factories.draft_need(merchant.actor)
    assert set(need.priorities.values()) == {5}
    page = merchant.browser().get(f"/needs/{need.pk}/edit/").content.decode()
    assert page.count('type="range"') == 9


# --- the figures to compare on -----------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"gmv_target_fen": None, "gmv_low_fen": 100},
        {"gmv_target_fen": None, "gmv_high_fen": 100},
        {"gmv_low_fen": 360_000_001},
        {"gmv_low_fen": 0},
        {"gmv_high_fen": 359_999_999},
    ],
)
def test_figures_that_cannot_be_are_refused(merchant, wrong):
    fields = factories.need_fields(**wrong)
    refused(422, services.create_need, merchant.actor, fields=fields)


def test_cheapest_depends_on_the_figure(merchant, provider, rival):
    """6 months. A fee of ¥38,000 and 3%; a share of 20% alone. Without a sale the share costs
    nothing; at ¥1.2 m 264,000 beside 240,000; at ¥3.6 m 336,000 beside 720,000."""
    need = factories.open_need(merchant.actor, gmv_low_fen=120_000_000, gmv_high_fen=720_000_000)
    first = factories.submitted_proposal(provider.actor, need)
    second = factories.submitted_proposal(rival.actor, need, monthly_fee_fen=0, share_bp=2_000)
    rows = selectors.compare_costs(need, [first, second])
    assert [(r.scenario.gmv_fen, [c.fen for c in r.costs]) for r in rows] == [
        (0, [22_800_000, 0]),
        (120_000_000, [26_400_000, 24_000_000]),
        (360_000_000, [33_600_000, 72_000_000]),
        (720_000_000, [44_400_000, 144_000_000]),
    ]
    assert [[c.is_cheapest for c in r.costs] for r in rows] == [
        [False, True],
        [False, True],
        [True, False],
        [True, False],
    ]
    page = merchant.browser().get(f"/needs/{need.pk}/").content.decode()
    assert "1,440,000.00" in page
    assert len(selectors.compare_costs(need, [first])[0].costs) == 1


# --- more time ---------------------------------------------------------------------------------


def test_last_day_is_moved_back_and_everyone_told(merchant, provider, rival, colleague):
    need = factories.open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    factories.submitted_proposal(rival.actor, need)
    later = need.closes_on + DAY
    extend = services.extend_need
    refused(403, extend, colleague.actor, need=need, closes_on=later)
    refused(422, extend, merchant.actor, need=need, closes_on=need.closes_on)
    refused(422, extend, merchant.actor, need=need, closes_on=need.starts_on + DAY)
    extend(merchant.actor, need=need, closes_on=later)
    extend(merchant.actor, need=need, closes_on=later + DAY)
    assert reread(need).closes_on == later + DAY
    told = Notice.objects.filter(event="proposal.extended")
    assert told.filter(user=provider.user).count() == told.filter(user=rival.user).count() == 2
    assert str(later) in str(told.first().text)
    services.cancel_need(merchant.actor, need=need)
    refused(409, extend, merchant.actor, need=need, closes_on=later + 2 * DAY)


# --- a second start ----------------------------------------------------------------------------


def days(**changes):
    today = clock.today()
    return {"closes_on": today + 9 * DAY, "starts_on": today + 20 * DAY} | changes


def test_cancelled_need_is_opened_again_and_answers_with_it(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    submitted = factories.submitted_proposal(rival.actor, need)
    services.cancel_need(merchant.actor, need=need)
    services.reopen_need(merchant.actor, need=need, **days())
    need = reread(need)
    assert (need.status, need.ended_at, need.closes_on) == (
        NeedStatus.OPEN,
        None,
        days()["closes_on"],
    )
    assert verbs(need)[-1] == "reopen_need"
    again = dict(need.proposals.values_list("provider", "status"))
    assert again == {
        provider.party.pk: ProposalStatus.INVITED,
        rival.party.pk: ProposalStatus.APPLIED,
    }
    submitted = reread(submitted)
    assert (submitted.plan, submitted.submitted_at) == (factories.proposal_fields().plan, None)
    assert not Proposal.objects.known_to_merchant().filter(pk=submitted.pk).exists()
    assert Notice.objects.filter(event="proposal.reopened").count() == 2
    factories.submitted_proposal(rival.actor, need)
    assert reread(need).status == NeedStatus.MATCHED


def test_who_stepped_back_stays_away_from_a_reopened_need(merchant, provider):
    need = factories.open_need(merchant.actor)
    gone = factories.submitted_proposal(provider.actor, need)
    services.withdraw_proposal(provider.actor, proposal=gone, reason="capacity")
    services.cancel_need(merchant.actor, need=need)
    services.reopen_need(merchant.actor, need=need, **days())
    assert reread(gone).status == ProposalStatus.WITHDRAWN


def test_discarded_draft_is_a_draft_again(merchant):
    need = factories.draft_need(merchant.actor)
    services.cancel_need(merchant.actor, need=need)
    services.reopen_need(merchant.actor, need=need, **days())
    assert reread(need).status == NeedStatus.DRAFT
    services.publish_need(merchant.actor, need=need)


def test_need_that_ran_out_is_opened_again(merchant):
    need = factories.open_need(merchant.actor)
    with clock.standing_at(clock.now() + 30 * DAY):
        services.expire_need(factories.SYSTEM, need=need)
        services.reopen_need(merchant.actor, need=need, **days())
    assert reread(need).status == NeedStatus.OPEN


def test_reopening_is_refused_with_a_reason(merchant, colleague, provider):
    need = factories.open_need(merchant.actor)
    reopen = services.reopen_need
    refused(409, reopen, merchant.actor, need=need, **days())
    services.cancel_need(merchant.actor, need=need)
    for person in (colleague, provider):
        refused(403, reopen, person.actor, need=need, **days())
    refused(422, reopen, merchant.actor, need=need, **days(closes_on=clock.today() - DAY))
    refused(422, reopen, merchant.actor, need=need, **days(closes_on=clock.today() + 21 * DAY))
    set_status(merchant.party, "suspended")
    refused(422, reopen, merchant.actor, need=need, **days())


def test_awarded_need_stays_awarded(merchant, provider):
    need = factories.open_need(merchant.actor)
    answer = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=answer)
    refused(409, services.reopen_need, merchant.actor, need=need, **days())


def test_wrong_day_comes_back_in_the_page(merchant):
    need = factories.open_need(merchant.actor)
    client = merchant.browser()
    answer = client.post(f"/needs/{need.pk}/extension/", {"closes_on": str(need.closes_on)})
    assert answer.status_code == 200
    assert answer.context["days_form"].errors
    later = {"closes_on": str(need.closes_on + DAY)}
    assert client.post(f"/needs/{need.pk}/extension/", later).status_code == 302
    assert reread(need).closes_on == need.closes_on + DAY
