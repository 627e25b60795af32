"""Who writes, changes and publishes a need."""

from datetime import timedelta

import pytest

from matchmaking.needs import services
from portal.core import clock
from tests import factories
from tests.matchmaking.needs.checks import refused, reread, set_status

pytestmark = pytest.mark.django_db


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
