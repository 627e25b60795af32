"""Needs that stand still: which, since when, and reminders that do not become noise."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from matchmaking.brokerage import selectors, services
from matchmaking.brokerage.models import Nudge
from matchmaking.brokerage.states import STILL_AFTER, Stage
from matchmaking.needs.services import invite_provider
from portal.core import clock
from portal.core.verdict import Refused
from portal.core.workdays import add_working_days
from portal.notices.models import Notice
from tests import factories
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    """The sentences compared here are the source's."""
    with translation.override("en"):
        yield


def days_ago(working_days: int) -> datetime:
    """A moment so many working days before today."""
    day = add_working_days(clock.today(), -working_days)
    return datetime.combine(day, datetime.min.time(), clock.SHANGHAI) + timedelta(hours=12)


def still_need(merchant, working_days: int = 6):
    """Published then; nobody was invited."""
    moment = days_ago(working_days)
    with clock.standing_at(moment):
        closes = clock.day_of(moment) + timedelta(days=25)
        return factories.open_need(merchant.actor, closes_on=closes)


def stages() -> dict[int, Stage]:
    return {need.pk: selectors.stage_of(need) for need in selectors.still_needs(SYSTEM)}


def test_a_need_nobody_knows_of(merchant):
    fresh = still_need(merchant, STILL_AFTER[Stage.NOBODY] - 1)
    stuck = still_need(merchant, STILL_AFTER[Stage.NOBODY] + 1)
    assert stages() == {stuck.pk: Stage.NOBODY}
    assert fresh.pk not in stages()


def test_an_invitation_restarts_the_clock(merchant, provider):
    need = still_need(merchant, 9)
    with clock.standing_at(days_ago(2)):
        invite_provider(merchant.actor, need=need, provider=provider.party)
    assert stages() == {}
    with clock.standing_at(days_ago(-6)):
        assert stages() == {need.pk: Stage.UNANSWERED}


def test_proposals_without_a_decision(merchant, provider):
    need = still_need(merchant, 9)
    with clock.standing_at(days_ago(6)):
        factories.submitted_proposal(provider.actor, need)
    assert stages() == {need.pk: Stage.UNDECIDED}


def test_reminder_reaches_the_merchant_and_not_too_often(merchant, operator):
    need = still_need(merchant)
    services.nudge_need(operator.actor, need=need)
    assert Notice.objects.filter(user=merchant.user, event="need.nudged").count() == 1
    with pytest.raises(Refused, match="lately"):
        services.nudge_need(operator.actor, need=need)
    with clock.standing_at(days_ago(-3)):
        services.nudge_need(operator.actor, need=need)
    assert Nudge.objects.filter(need=need).count() == 2


def test_what_moves_is_not_reminded(merchant, operator):
    with pytest.raises(Refused, match="stand still"):
        services.nudge_need(operator.actor, need=still_need(merchant, 1))
    assert not Nudge.objects.exists()


def test_only_operators_remind(merchant, reviewer):
    need = still_need(merchant)
    for person in (merchant, reviewer):
        with pytest.raises(Refused):
            services.nudge_need(person.actor, need=need)


def test_reminders_are_never_changed(merchant, operator):
    services.nudge_need(operator.actor, need=still_need(merchant))
    with pytest.raises(ProgrammingError), transaction.atomic():
        Nudge.objects.update(stage=Stage.UNDECIDED)


def test_list_costs_the_same_for_one_and_three(merchant, operator):
    browser, counts = operator.browser(), []
    for number in (1, 2):
        for _turn in range(number):
            still_need(merchant)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/operations/stalled/")
        assert page.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
