"""Who writes, changes and publishes a need."""

from datetime import timedelta

import pytest

from matchmaking.needs import services
from matchmaking.needs.models import Need
from portal.core import clock
from portal.parties.models import Category, ServiceType
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


def test_need_is_written_and_published_in_one_step_or_not_at_all(merchant):
    today = clock.today()
    typed = {
        "title": "食品自播间代运营",
        "brief": "把自播间做成稳定出单的渠道。",
        "services": [ServiceType.objects.get(code="live-room").pk],
        "categories": [Category.objects.get(code="food").pk],
        "accepts_remote": "on",
        "price_form": "any",
        "budget_low": "20000",
        "budget_high": "45000",
        "starts_on": (today + timedelta(days=30)).isoformat(),
        "closes_on": (today + timedelta(days=10)).isoformat(),
        "term_months": "6",
    }
    browser = merchant.browser()
    assert browser.post("/needs/new/", typed | {"publish": "1"}).status_code == 302
    assert Need.objects.get().status == "open"
    set_status(merchant.party, "submitted")
    answer = browser.post("/needs/new/", typed | {"publish": "1"})
    assert answer.status_code == 200
    assert Need.objects.count() == 1, "nothing is kept of what was refused"
    assert 'name="publish"' not in answer.content.decode()
