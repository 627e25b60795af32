"""Machines hear of introductions when their people do."""

import pytest

from matchmaking.brokerage import services
from portal.webhooks.catalogue import heard
from tests.factories import SYSTEM
from tests.matchmaking.brokerage.test_introductions import wish

pytestmark = pytest.mark.django_db


def test_creator_hears_nothing_before_it_is_put_to_them(merchant, creator, operator):
    services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
    asked = services.ask_introduction(merchant.actor, creator=creator.party, fields=wish())
    [event] = heard("brokerage.introduction", "ask_introduction")
    assert list(event.parties(asked)) == [merchant.party.pk]
    services.take_introduction(operator.actor, introduction=asked)
    put = services.offer_introduction(operator.actor, introduction=asked)
    [event] = heard("brokerage.introduction", "offer_introduction")
    assert list(event.parties(put)) == [merchant.party.pk, creator.party.pk]
    assert event.data(put, creator.party.pk)["status"] == "offered"
