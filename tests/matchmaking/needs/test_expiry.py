"""Needs that ran out."""

from datetime import timedelta

import pytest

from matchmaking.needs import selectors, services
from matchmaking.needs.states import NeedStatus, ProposalStatus
from matchmaking.needs.tasks import expire_needs
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.audit import trail
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("task")


def days_after_close(need, days):
    gone = (need.closes_on - clock.today()).days + days
    return clock.standing_at(clock.now() + timedelta(days=gone))


def test_unanswered_need_expires_after_its_last_day(merchant, provider):
    need = factories.open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    with days_after_close(need, 0):
        assert expire_needs() == 0
    with days_after_close(need, 1):
        assert expire_needs() == 1
        assert expire_needs() == 0
    need.refresh_from_db()
    assert need.status == NeedStatus.EXPIRED
    assert need.proposals.get().status == ProposalStatus.EXPIRED
    assert [e.verb for e in trail(need)] == ["create_need", "publish_need", "expire_need"]
    told = set(Notice.objects.filter(event__contains="expired").values_list("user", flat=True))
    assert told == {merchant.user.pk, provider.user.pk}


def test_answered_need_leaves_two_weeks_to_choose(merchant, provider):
    need = factories.open_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    with days_after_close(need, 14):
        assert expire_needs() == 0
    with days_after_close(need, 15):
        assert expire_needs() == 1


def test_awarded_need_never_expires(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=proposal)
    with days_after_close(need, 100):
        assert expire_needs() == 0
        with pytest.raises(Refused):
            services.expire_need(SYSTEM, need=need)
    need.refresh_from_db()
    assert need.status == NeedStatus.AWARDED


def test_closed_need_leaves_the_open_list_at_once(merchant, provider):
    need = factories.open_need(merchant.actor)
    assert selectors.needs_for(provider.actor, "open").count() == 1
    with days_after_close(need, 1):
        assert selectors.needs_for(provider.actor, "open").count() == 0
