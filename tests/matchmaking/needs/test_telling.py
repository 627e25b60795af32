"""What each side is told, in its own language."""

import pytest
from django.core import mail
from django.utils import translation

from matchmaking.needs import services
from matchmaking.needs.states import LossReason
from portal.core import outbox
from portal.core.models import AuditEntry
from portal.notices.models import Notice
from portal.parties.models import User
from tests import factories
from tests.matchmaking.needs.checks import notices_of

pytestmark = pytest.mark.django_db


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
