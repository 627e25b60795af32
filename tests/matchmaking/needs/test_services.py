"""A need from draft to award: who may take each step, in which state, and what each step tells."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import translation

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services, states
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core import audit, clock, outbox
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Party, User
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db


def refused(status, service, *args, **kwargs):
    """The service refuses with this status, and nothing at all is written."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert str(caught.value.verdict.reason)
    assert snapshot() == before


def snapshot():
    return (
        list(Need.objects.order_by("pk").values()),
        list(Proposal.objects.order_by("pk").values()),
        Cooperation.objects.count(),
        AuditEntry.objects.count(),
        Notice.objects.count(),
    )


def reread(row):
    return type(row).objects.get(pk=row.pk)


def verbs(row):
    return [entry.verb for entry in audit.trail(row)]


# --- the loop ---------------------------------------------------------------------------------


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
    assert (cooperation.door, cooperation.door_ref) == ("need", first.pk)
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


def test_proposal_that_starts_in_ten_thousand_years_is_refused(merchant, provider):
    need = factories.open_need(merchant.actor)
    far = clock.today().replace(year=9999)
    refused(
        422,
        services.submit_proposal,
        provider.actor,
        need=need,
        fields=factories.proposal_fields(starts_on=far),
    )
    refused(422, services.create_need, merchant.actor, fields=factories.need_fields(starts_on=far))


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


# --- refusals ---------------------------------------------------------------------------------


def test_only_a_merchants_managers_write_needs(
    provider, agency, creator, stranger, operator, colleague
):
    for person in (provider, agency, creator, stranger, operator, colleague):
        refused(403, services.create_need, person.actor, fields=factories.need_fields())


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget_low_fen": 5, "budget_high_fen": 4},
        {"budget_low_fen": -1},
        {"city_id": None, "accepts_remote": False},
        {"service_ids": []},
        {"category_ids": []},
        {"closes_on": clock.today() + timedelta(days=31)},
    ],
)
def test_brief_that_cannot_be_is_refused(merchant, wrong):
    fields = factories.need_fields(**wrong)
    refused(422, services.create_need, merchant.actor, fields=fields)
    need = factories.draft_need(merchant.actor)
    refused(422, services.update_need, merchant.actor, need=need, fields=fields)


def test_draft_is_changed_and_a_published_need_is_not(merchant, colleague, rival):
    need = factories.draft_need(merchant.actor)
    services.update_need(merchant.actor, need=need, fields=factories.need_fields(title="Anders"))
    assert reread(need).title == "Anders"
    fields = factories.need_fields(title="Again")
    for person in (colleague, rival):
        refused(403, services.update_need, person.actor, need=need, fields=fields)
    services.publish_need(merchant.actor, need=need)
    refused(409, services.update_need, merchant.actor, need=need, fields=fields)


def test_publishing_needs_a_verified_merchant_and_a_day_ahead(merchant, colleague, provider):
    need = factories.draft_need(merchant.actor)
    for person in (colleague, provider):
        refused(403, services.publish_need, person.actor, need=need)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        refused(422, services.publish_need, merchant.actor, need=need)
    set_status(merchant.party, "suspended")
    refused(422, services.publish_need, merchant.actor, need=need)
    set_status(merchant.party, "hidden")
    services.publish_need(merchant.actor, need=need)
    refused(409, services.publish_need, merchant.actor, need=need)


def set_status(party, status):
    Party.objects.filter(pk=party.pk).update(status=status)
    party.refresh_from_db()


def test_only_listed_providers_are_invited(merchant, provider, agency, colleague):
    need = factories.draft_need(merchant.actor)
    invite = services.invite_provider
    refused(409, invite, merchant.actor, need=need, provider=provider.party)
    services.publish_need(merchant.actor, need=need)
    refused(403, invite, colleague.actor, need=need, provider=provider.party)
    refused(403, invite, provider.actor, need=need, provider=provider.party)
    refused(422, invite, merchant.actor, need=need, provider=agency.party)
    refused(422, invite, merchant.actor, need=need, provider=merchant.party)
    for status in ("hidden", "suspended", "closed"):
        set_status(provider.party, status)
        refused(422, invite, merchant.actor, need=need, provider=provider.party)
    set_status(provider.party, "listed")
    with clock.standing_at(clock.now() + timedelta(days=15)):
        refused(409, invite, merchant.actor, need=need, provider=provider.party)


def test_inviting_twice_is_one_invitation(merchant, provider):
    need = factories.open_need(merchant.actor)
    first = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    again = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    assert first.pk == again.pk
    assert verbs(first) == ["invite_provider"]
    assert Notice.objects.filter(event="proposal.invited").count() == 1


def test_invitation_joins_a_draft_once(merchant, provider):
    need = factories.open_need(merchant.actor)
    draft = services.draft_proposal(provider.actor, need=need, fields=factories.proposal_fields())
    for _ in range(2):
        services.invite_provider(merchant.actor, need=need, provider=provider.party)
    draft = reread(draft)
    assert (draft.status, draft.plan) == (ProposalStatus.INVITED, factories.proposal_fields().plan)
    assert verbs(draft) == ["draft_proposal", "invite_provider"]
    assert services.submit_proposal(
        provider.actor, need=need, fields=factories.proposal_fields()
    ).status == (ProposalStatus.SUBMITTED)


def test_only_verified_providers_answer(merchant, provider, agency, stranger):
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields()
    for person in (merchant, agency, stranger):
        for service in (services.submit_proposal, services.draft_proposal):
            refused(403, service, person.actor, need=need, fields=fields)
    set_status(provider.party, "suspended")
    refused(422, services.submit_proposal, provider.actor, need=need, fields=fields)


def test_answers_are_taken_while_the_need_is_open(merchant, provider):
    draft = factories.draft_need(merchant.actor)
    fields = factories.proposal_fields()
    refused(409, services.submit_proposal, provider.actor, need=draft, fields=fields)
    need = factories.open_need(merchant.actor)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)
    services.cancel_need(merchant.actor, need=need)
    refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)


def test_last_day_for_proposals_is_a_day_in_shanghai(merchant, provider):
    need = factories.open_need(merchant.actor)
    midnight = clock.datetime.combine(
        need.closes_on + timedelta(days=1), clock.datetime.min.time(), clock.SHANGHAI
    )
    fields = factories.proposal_fields()
    with clock.standing_at(midnight):
        refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)
    with clock.standing_at(midnight - timedelta(seconds=1)):
        services.submit_proposal(provider.actor, need=need, fields=fields)


def test_proposal_needs_a_price(merchant, provider):
    need = factories.open_need(merchant.actor)
    free = factories.proposal_fields(monthly_fee_fen=0, share_bp=0)
    refused(422, services.submit_proposal, provider.actor, need=need, fields=free)
    refused(422, services.draft_proposal, provider.actor, need=need, fields=free)
    share_alone = factories.proposal_fields(monthly_fee_fen=0, share_bp=500)
    services.submit_proposal(provider.actor, need=need, fields=share_alone)


def test_proposal_is_submitted_once(merchant, provider):
    need = factories.open_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    fields = factories.proposal_fields(monthly_fee_fen=1)
    refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)
    refused(409, services.draft_proposal, provider.actor, need=need, fields=fields)


def test_proposal_withdrawn_is_not_submitted_again(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    services.withdraw_proposal(provider.actor, proposal=proposal, reason=LossReason.TIMING)
    fields = factories.proposal_fields()
    refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)


def test_only_the_merchants_managers_decide(merchant, provider, rival, colleague, stranger):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    other = person_of(factories.listed_party("merchant", "沐白个护"))
    for person in (provider, rival, colleague, stranger, other):
        refused(403, services.accept_proposal, person.actor, proposal=proposal)
        refused(403, services.shortlist_proposal, person.actor, proposal=proposal)
        refused(
            403,
            services.decline_proposal,
            person.actor,
            proposal=proposal,
            reason=LossReason.PRICE,
        )
    for person in (merchant, rival, colleague, stranger):
        refused(
            403,
            services.withdraw_proposal,
            person.actor,
            proposal=proposal,
            reason=LossReason.CAPACITY,
        )
    for person in (provider, colleague, stranger, other):
        refused(403, services.cancel_need, person.actor, need=need)


def test_what_was_not_submitted_cannot_be_decided(merchant, provider):
    need = factories.open_need(merchant.actor)
    invited = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    refused(409, services.accept_proposal, merchant.actor, proposal=invited)
    refused(409, services.shortlist_proposal, merchant.actor, proposal=invited)
    refused(
        409,
        services.decline_proposal,
        merchant.actor,
        proposal=invited,
        reason=LossReason.PRICE,
    )


def test_what_has_ended_stays_ended(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    lost = factories.submitted_proposal(rival.actor, need)
    services.decline_proposal(merchant.actor, proposal=lost, reason=LossReason.TEAM)
    won = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=won)
    for proposal, owner in ((lost, rival), (won, provider)):
        refused(409, services.accept_proposal, merchant.actor, proposal=proposal)
        refused(409, services.shortlist_proposal, merchant.actor, proposal=proposal)
        refused(
            409,
            services.decline_proposal,
            merchant.actor,
            proposal=proposal,
            reason=LossReason.TEAM,
        )
        refused(
            409,
            services.withdraw_proposal,
            owner.actor,
            proposal=proposal,
            reason=LossReason.CAPACITY,
        )
    refused(409, services.cancel_need, merchant.actor, need=need)
    refused(409, services.publish_need, merchant.actor, need=need)
    refused(409, services.invite_provider, merchant.actor, need=need, provider=rival.party)


def test_shortlisting_twice_is_refused(merchant, provider):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    services.shortlist_proposal(merchant.actor, proposal=proposal)
    refused(409, services.shortlist_proposal, merchant.actor, proposal=proposal)


def test_nobody_unverified_begins_a_cooperation(merchant, provider):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    for party in (merchant.party, provider.party):
        set_status(party, "suspended")
        refused(422, services.accept_proposal, merchant.actor, proposal=proposal)
        set_status(party, "listed")
    services.accept_proposal(merchant.actor, proposal=proposal)


@pytest.mark.parametrize("reason", sorted(set(LossReason) - set(states.DECLINE_REASONS)))
def test_a_merchants_no_has_one_of_the_merchants_reasons(merchant, provider, reason):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    refused(
        422, services.decline_proposal, merchant.actor, proposal=proposal, reason=reason, note="x"
    )


@pytest.mark.parametrize("reason", sorted(set(LossReason) - set(states.WITHDRAW_REASONS)))
def test_a_providers_no_has_one_of_the_providers_reasons(merchant, provider, reason):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    refused(422, services.withdraw_proposal, provider.actor, proposal=proposal, reason=reason)


# --- what each side is told -------------------------------------------------------------------


def notices_of(person, event):
    return list(Notice.objects.filter(user=person.user, event=event).order_by("pk"))


def test_both_sides_are_told_of_each_step(merchant, provider, rival, colleague):
    need = factories.open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    won = factories.submitted_proposal(provider.actor, need)
    lost = factories.submitted_proposal(rival.actor, need)
    services.shortlist_proposal(merchant.actor, proposal=won)
    cooperation = services.accept_proposal(merchant.actor, proposal=won)
    with translation.override("en"):
        assert [n.text for n in notices_of(provider, "proposal.invited")] == [
            "谷雨粒食品 invites you to answer “食品自播间代运营”."
        ]
        assert [n.text for n in notices_of(merchant, "proposal.submitted")] == [
            "云帆电商 sent a proposal for “食品自播间代运营”.",
            "北斗直播 sent a proposal for “食品自播间代运营”.",
        ]
        assert len(notices_of(provider, "proposal.shortlisted")) == 1
        assert [n.text for n in notices_of(rival, "proposal.declined")] == [
            "Your proposal for “食品自播间代运营” was declined: Another proposal was chosen."
        ]
    for person in (merchant, provider):
        (begun,) = notices_of(person, "proposal.accepted")
        assert begun.url == cooperation.get_absolute_url()
    assert not Notice.objects.filter(user=colleague.user).exists(), "members do not sign"
    assert lost.pk != won.pk


def test_notice_and_mail_are_in_their_readers_language(merchant, provider):
    User.objects.filter(pk=provider.user.pk).update(language="en")
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    services.decline_proposal(merchant.actor, proposal=proposal, reason=LossReason.PRICE)
    outbox.dispatch()
    to_provider = [m for m in mail.outbox if m.to == [provider.user.email]][-1]
    assert to_provider.subject == (
        "Your proposal for “食品自播间代运营” was declined: Price above our budget."
    )
    (notice,) = notices_of(provider, "proposal.declined")
    with translation.override("zh-hans"):
        assert "Price" not in notice.text
        assert "declined" not in notice.text
    to_merchant = [m for m in mail.outbox if m.to == [merchant.user.email]][-1]
    assert "sent a proposal" not in to_merchant.subject
    assert "云帆电商" in to_merchant.subject


def test_reason_of_a_loss_reaches_both_sides(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    services.withdraw_proposal(
        provider.actor, proposal=proposal, reason=LossReason.CAPACITY, note="十月前排满"
    )
    with translation.override("en"):
        assert [n.text for n in notices_of(merchant, "proposal.withdrawn")] == [
            "云帆电商 stepped back from “食品自播间代运营”: No capacity left."
        ]
    for person in (merchant, provider):
        page = person.browser().get(proposal.get_absolute_url()).content.decode()
        assert "十月前排满" in page
    assert AuditEntry.objects.get(verb="withdraw_proposal").why == "capacity"


# --- what the database itself refuses ----------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget_low_fen": -1},
        {"budget_high_fen": 0},
        {"gmv_target_fen": 0},
        {"term_months": 0},
        {"term_months": 37},
        {"city": None, "accepts_remote": False},
        {"status": "open", "published_at": None},
        {"status": "awarded"},
        {"ended_at": clock.now()},
    ],
)
def test_need_that_cannot_be_is_refused_by_the_database(merchant, wrong):
    need = factories.open_need(merchant.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"submitted_at": None},
        {"monthly_fee_fen": None},
        {"monthly_fee_fen": -1},
        {"monthly_fee_fen": 0, "share_bp": 0},
        {"share_bp": 10_001},
        {"starts_on": None},
        {"status": "declined"},
        {"status": "withdrawn"},
        {"status": "accepted"},
    ],
)
def test_proposal_that_cannot_be_is_refused_by_the_database(merchant, provider, wrong):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**wrong)


def test_second_proposal_of_a_provider_is_refused_by_the_database(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    proposal.pk = None
    with pytest.raises(IntegrityError, match="proposal_once"), transaction.atomic():
        proposal.save(force_insert=True)


def test_second_award_of_a_need_is_refused_by_the_database(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    won = factories.submitted_proposal(provider.actor, need)
    lost = factories.submitted_proposal(rival.actor, need)
    cooperation = services.accept_proposal(merchant.actor, proposal=won)
    other = Cooperation.objects.get(pk=cooperation.pk)
    other.pk, other.door_ref = None, lost.pk
    other.save(force_insert=True)
    with pytest.raises(IntegrityError, match="proposal_one_accepted"), transaction.atomic():
        Proposal.objects.filter(pk=lost.pk).update(status="accepted", cooperation=other)
