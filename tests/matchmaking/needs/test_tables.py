"""A merchant's needs and the packages as lists that sort, filter, keep columns and export."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import services
from matchmaking.needs.tables import NEEDS, OWN_SERVICE_OFFERS, SERVICE_OFFERS
from portal.core import clock
from portal.core.exports import find_export
from portal.core.models import TableChoice
from portal.parties.models import ServiceType
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs(merchant, provider, rival):
    today = clock.today()
    one = factories.open_need(
        merchant.actor, title="甲", closes_on=today + timedelta(days=3), budget_high_fen=9_000_000
    )
    factories.submitted_proposal(provider.actor, one)
    factories.submitted_proposal(rival.actor, one)
    two = factories.open_need(merchant.actor, title="乙", closes_on=today + timedelta(days=20))
    services.invite_provider(merchant.actor, need=two, provider=provider.party)
    draft = factories.draft_need(
        merchant.actor, title="丙", closes_on=today + timedelta(days=1), budget_high_fen=2_500_000
    )
    return {"甲": one, "乙": two, "丙": draft}


def titles(person, **asked):
    page = person.browser().get("/needs/", asked)
    return [row[0].value for row in page.context["table"].rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["丙", "乙", "甲"]),
        ({"sort": "closes"}, ["丙", "甲", "乙"]),
        ({"sort": "-budget"}, ["甲", "乙", "丙"]),
        ({"sort": "-waiting"}, ["甲", "丙", "乙"]),
        ({"sort": "nonsense"}, ["丙", "乙", "甲"]),
        ({"status": "draft"}, ["丙"]),
        ({"waiting": "1"}, ["甲"]),
        ({"seeks": "creator"}, []),
        ({"view": "ours", "status": "matched", "sort": "closes"}, ["甲"]),
    ],
)
def test_merchant_sorts_and_filters_its_needs(merchant, needs, asked, found):
    if asked.get("sort") == "-waiting":  # equal ones by key
        assert titles(merchant, **asked)[0] == "甲"
        return
    assert titles(merchant, **asked) == found


def test_counts_are_of_each_need(merchant, needs):
    rows = {row.title: row for row in NEEDS.rows(merchant.actor)}
    assert [(rows[t].invited, rows[t].received, rows[t].waiting) for t in "甲乙丙"] == [
        (0, 2, 2),
        (1, 0, 0),
        (0, 0, 0),
    ]


def test_days_left_colour_open_needs_only(merchant, needs):
    page = merchant.browser().get("/needs/")
    tones = {
        row[0].value: next(c.tone for c in row if c.column.name == "closes")
        for row in page.context["table"].rows
    }
    assert tones == {"甲": "warn", "乙": "", "丙": ""}, "a draft closes for nobody"


def test_columns_are_remembered_and_exported(merchant, needs):
    browser = merchant.browser()
    browser.post("/tables/needs/columns/", {"columns": ["title", "number"], "query": "view=ours"})
    assert TableChoice.objects.get().columns == ["title", "number"]
    heads = [head.column.name for head in browser.get("/needs/").context["table"].heads]
    assert heads == ["title", "number"]
    kind = find_export(NEEDS.export_name)
    rows = list(kind.rows(merchant.actor, {"columns": ["title"], "sort": "closes"}))
    assert rows == [["丙"], ["甲"], ["乙"]]


def test_nobody_else_reads_or_exports_them(merchant, provider, stranger, needs):
    assert list(NEEDS.rows(provider.actor)) == []
    for person in (provider, stranger):
        assert not NEEDS.may(person.actor)
        answer = person.browser().post("/tables/needs/columns/", {"columns": ["title"]})
        assert answer.status_code == 403
    assert not TableChoice.objects.exists()


def test_whoever_has_none_is_led_to_the_first(merchant):
    page = merchant.browser().get("/needs/").content.decode()
    assert "/needs/new/" in page
    assert "<table" not in page


def test_htmx_gets_the_table_alone(merchant, needs):
    browser, htmx = merchant.browser(), {"HX-Request": "true", "HX-Target": "table"}
    part = browser.get("/needs/", headers=htmx).content.decode().strip()
    assert part.startswith('<section id="table"')
    assert "甲" in part
    wider = htmx | {"HX-Target": "need-list"}
    assert browser.get("/needs/", headers=wider).content.decode().strip().startswith("<section id=")


def test_needs_cost_the_same_for_one_and_three(merchant):
    browser, counts = merchant.browser(), []
    for number in range(3):
        factories.open_need(merchant.actor, title=f"{number}")
        browser.get("/needs/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/needs/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


# --- packages -------------------------------------------------------------------------------------


def package(person, title, *, is_shown=True, **changes):
    fields = factories.service_offer_fields(title=title, **changes)
    made = services.create_service_offer(person.actor, fields=fields)
    return services.show_service_offer(person.actor, offer=made) if is_shown else made


def test_packages_sort_and_narrow_for_everybody(client, provider, rival):
    ads = ServiceType.objects.get(code="paid-ads")
    package(provider, "贵", monthly_fee_fen=5_000_000)
    package(rival, "便宜", monthly_fee_fen=1_000_000)
    package(provider, "投流", service_ids=[ads.pk], monthly_fee_fen=2_000_000)
    package(provider, "草稿", is_shown=False)

    def found(**asked):
        table = client.get("/service-offers/", asked).context["table"]
        return [row[0].value for row in table.rows]

    assert found() == ["投流", "便宜", "贵"]
    assert found(sort="fee") == ["便宜", "投流", "贵"]
    assert found(service=ads.pk) == ["投流"]
    assert found(service="x") == found()
    page = client.get("/service-offers/").content.decode()
    assert "/exports/" not in page, "a visitor has no columns and no files"


def test_own_packages_have_their_states_and_stay_ones_own(provider, rival):
    package(provider, "展示")
    package(provider, "草稿", is_shown=False)
    browser = provider.browser()
    table = browser.get("/service-offers/?view=ours").context["table"]
    assert table.kind is OWN_SERVICE_OFFERS
    assert [row[0].value for row in table.rows] == ["草稿", "展示"]
    page = browser.get("/service-offers/?view=ours&status=draft")
    assert [row[0].value for row in page.context["table"].rows] == ["草稿"]
    assert '<input type="hidden" name="view" value="ours">' in page.content.decode()
    assert list(OWN_SERVICE_OFFERS.rows(rival.actor)) == []
    assert [row.title for row in SERVICE_OFFERS.rows(rival.actor)] == ["展示"]


def test_packages_cost_the_same_for_one_and_three(client, provider):
    counts = []
    for number in range(3):
        package(provider, f"{number}")
        client.get("/service-offers/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/service-offers/")
        counts.append(len(queries))
    assert len(set(counts)) == 1
