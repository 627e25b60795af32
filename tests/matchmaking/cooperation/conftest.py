"""A cooperation that runs."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import ObligationFields
from matchmaking.needs.services import accept_proposal
from portal.core import clock
from portal.notices.models import Notice
from tests import factories
from tests.factories import SYSTEM
from tests.revenue.orders.telling import Order, record


@pytest.fixture
def agreed(merchant, provider):
    """Agreed, to begin in a month."""
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    return accept_proposal(merchant.actor, proposal=proposal)


@pytest.fixture
def running(agreed):
    """The day it began, told nobody of anything yet."""
    with clock.standing_at(clock.now() + timedelta(days=31)):
        services.sweep_cooperations(SYSTEM)
        agreed.refresh_from_db()
        Notice.objects.all().delete()
        yield agreed


@pytest.fixture
def over(running, merchant, provider):
    """Completed by both; something of it was sold."""
    sold(running)
    for person in (merchant, provider):
        services.complete_cooperation(person.actor, cooperation=running)
    running.refresh_from_db()
    Notice.objects.all().delete()
    return running


def duty(person, cooperation, *, is_ours=True, days=10, title="寄样 20 件"):
    fields = ObligationFields(
        title=title, due_on=clock.today() + timedelta(days=days), is_ours=is_ours
    )
    return services.add_obligation(person.actor, cooperation=cooperation, fields=fields)


def sold(cooperation):
    """One order of it, settled."""
    merchant = SimpleNamespace(party=cooperation.merchant)
    line = Order(merchant, order=f"C{cooperation.pk}")
    record(line.paid(), line.settled())
