"""A need from draft to award, and what each step makes."""

from datetime import timedelta

import pytest

from matchmaking.needs import services
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core import clock
from portal.notices.models import Notice
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.needs.checks import reread, verbs

pytestmark = pytest.mark.django_db


def test_need_goes_from_draft_to_award(merchant, provider, rival):
    need = factories.draft_need(merchant.actor)
    assert need.status == NeedStatus.DRAFT
    need = services.publish_need(merchant.actor, need=need)
    assert (need.status, need.published_at is not None) == (NeedStatus.OPEN, True)

    invited = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    assert invited.status == ProposalStatus.INVITED
    first = factories.submitted_proposal(provider.actor, need)
    assert first.pk == invited.pk
    assert (first.status, first.submitted_at is not None) == (ProposalStatus.SUBMITTED, True)
    assert reread(need).status == NeedStatus.MATCHED
    second = factories.submitted_proposal(rival.actor, need)

    services.shortlist_proposal(merchant.actor, proposal=first)
    cooperation = services.accept_proposal(merchant.actor, proposal=first)

    assert reread(first).status == ProposalStatus.ACCEPTED
    assert reread(first).cooperation == cooperation
    assert reread(need).status == NeedStatus.AWARDED
    assert reread(need).ended_at is not None
    lost = reread(second)
    assert (lost.status, lost.reason) == (ProposalStatus.DECLINED, LossReason.ANOTHER)
    assert (cooperation.merchant, cooperation.provider) == (merchant.party, provider.party)
    assert (cooperation.door, cooperation.door_ref) == ("need", str(first.pk))
    assert (cooperation.monthly_fee_fen, cooperation.share_bp) == (3_800_000, 300)
    assert (cooperation.title, cooperation.scope) == (need.title, first.plan)
    assert verbs(need) == ["create_need", "publish_need", "match_need", "award_need"]
    assert verbs(first) == [
        "invite_provider",
        "submit_proposal",
        "shortlist_proposal",
        "accept_proposal",
    ]
    assert verbs(second) == ["submit_proposal", "decline_proposal"]
    assert verbs(cooperation) == ["begin_cooperation"]


def test_cooperation_starts_no_earlier_than_today(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need, starts_on=clock.today())
    with clock.standing_at(clock.now() + timedelta(days=3)):
        cooperation = services.accept_proposal(merchant.actor, proposal=proposal)
        assert cooperation.starts_on == clock.today()


def test_proposal_withdrawn_before_the_award_stays_withdrawn(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    gone = factories.submitted_proposal(rival.actor, need)
    services.withdraw_proposal(
        rival.actor, proposal=gone, reason=LossReason.CAPACITY, note="  full  "
    )
    kept = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=kept)
    gone = reread(gone)
    assert (gone.status, gone.reason, gone.reason_note) == (
        ProposalStatus.WITHDRAWN,
        LossReason.CAPACITY,
        "full",
    )


def test_award_ends_every_other_proposal(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    drafting = person_of(factories.listed_party("provider", "青柚电商"))
    services.invite_provider(merchant.actor, need=need, provider=rival.party)
    services.draft_proposal(drafting.actor, need=need, fields=factories.proposal_fields())
    chosen = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=chosen)
    ended = dict(need.proposals.values_list("provider__name", "status"))
    assert ended == {
        provider.party.name: ProposalStatus.ACCEPTED,
        rival.party.name: ProposalStatus.EXPIRED,
        "青柚电商": ProposalStatus.EXPIRED,
    }
    assert set(need.proposals.exclude(status="accepted").values_list("reason", flat=True)) == {
        LossReason.ANOTHER
    }
    assert not need.proposals.live().exists()


def test_cancelled_need_ends_its_proposals_and_tells_them(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    services.invite_provider(merchant.actor, need=need, provider=rival.party)
    services.cancel_need(merchant.actor, need=need)
    assert reread(need).status == NeedStatus.CANCELLED
    assert set(need.proposals.values_list("status", "reason")) == {("expired", "changed")}
    told = Notice.objects.filter(event="proposal.cancelled").values_list("user", flat=True)
    assert set(told) == {provider.user.pk, rival.user.pk}
