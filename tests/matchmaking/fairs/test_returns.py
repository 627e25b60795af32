"""What comes of a meeting is a cooperation through the fair, and its orders are the fair's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.cooperation.doors import record_of
from matchmaking.cooperation.services import accept_amendment, propose_cooperation
from matchmaking.fairs import selectors, services
from matchmaking.fairs.door import through
from portal.core import clock
from tests.factories import SYSTEM
from tests.matchmaking.cooperation.test_proposals import terms
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db


def test_cooperation_of_a_meeting_counts_for_its_fair(merchant, creator, operator):
    fair = open_fair(tables=1, cost_fen=1_000_000)
    made = [signed_up(one.actor, fair, one.party) for one in (merchant, creator)]
    with clock.standing_at(clock.now() + timedelta(days=11)):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair))
    [date] = selectors.agenda_of(made[0])
    url = reverse("meeting_cooperation", args=[date.meeting.pk])
    assert merchant.browser().get(url).status_code == 200
    assert operator.browser().get(url).status_code == 404
    cooperation = propose_cooperation(
        merchant.actor, other=creator.party, terms=terms(), through=through(date.meeting)
    )
    assert cooperation.door == "fair"
    assert record_of(merchant.actor, cooperation).url == fair.get_absolute_url()
    assert (selectors.return_of(fair).proposed, selectors.return_of(fair).agreed) == (1, 0)
    accept_amendment(creator.actor, amendment=cooperation.amendments.open().get())
    found = selectors.return_of(fair)
    assert (found.agreed, found.cost_a_deal_fen, found.lines.lines) == (1, 1_000_000, 0)
    assert (found.seated, found.here, found.show_up_percent) == (2, 0, 0)
    page = operator.browser().get(reverse("fair_report", args=[fair.pk]))
    assert page.status_code == 200
    assert merchant.browser().get(reverse("fair_report", args=[fair.pk])).status_code == 403
