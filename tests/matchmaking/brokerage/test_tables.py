"""Introductions and needs that stand still as lists that sort, filter and export."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.brokerage import services
from matchmaking.brokerage.fields import IntroductionFields
from matchmaking.brokerage.tables import INTRODUCTIONS, STILL_NEEDS
from portal.core import clock
from portal.core.exports import find_export
from tests import factories
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def asked(merchant, creator, subject, days, budget):
    fields = IntroductionFields(subject, "专场一场", budget, clock.today() + timedelta(days=days))
    return services.ask_introduction(merchant.actor, creator=creator.party, fields=fields)


@pytest.fixture
def introductions(merchant, creator):
    services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
    first = asked(merchant, creator, "甲", 20, 1_000_000)
    services.withdraw_introduction(merchant.actor, introduction=first)
    asked(merchant, creator, "乙", 5, 9_000_000)


def subjects(person, **query):
    table = person.browser().get("/introductions/", query).context["table"]
    return [row[0].value for row in table.rows]


def test_introductions_sort_and_filter(merchant, introductions):
    assert subjects(merchant) == ["乙", "甲"]
    assert subjects(merchant, sort="budget") == ["甲", "乙"]
    assert subjects(merchant, sort="wanted") == ["乙", "甲"]
    assert subjects(merchant, status="withdrawn") == ["甲"]


def test_other_side_is_named_and_the_day_coloured_while_it_waits(merchant, creator, introductions):
    table = merchant.browser().get("/introductions/").context["table"]
    cells = {row[0].value: {cell.column.name: cell for cell in row} for row in table.rows}
    assert cells["乙"]["other"].value == creator.party.name
    assert (cells["乙"]["wanted"].tone, cells["甲"]["wanted"].tone) == ("warn", "")


def test_creator_reads_and_exports_nothing_before_it_is_put_to_it(creator, rival, introductions):
    assert subjects(creator) == []
    for person in (creator, rival):
        kind = find_export(INTRODUCTIONS.export_name)
        assert list(kind.rows(person.actor, {})) == []


def test_merchant_is_led_to_where_an_introduction_begins(merchant, creator):
    assert "/creators/" in merchant.browser().get("/introductions/").content.decode()
    text = creator.browser().get("/introductions/").content.decode()
    assert 'btn-primary" href="/creators/' not in text


def test_introductions_cost_the_same_for_one_and_two(merchant, creator):
    services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
    browser, counts = merchant.browser(), []
    for number in range(3):
        row = asked(merchant, creator, f"{number}", 9, 100)
        services.withdraw_introduction(merchant.actor, introduction=row)
        browser.get("/introductions/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/introductions/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def still(merchant, title, days_ago, **changes):
    with clock.standing_at(clock.now() - timedelta(days=days_ago)):
        return factories.open_need(
            merchant.actor,
            title=title,
            **{"closes_on": clock.today() + timedelta(days=days_ago + 5)} | changes,
        )


def test_longest_still_comes_first_with_a_button_to_remind(merchant, operator):
    still(merchant, "短", 15)
    old = still(merchant, "长", 25)
    page = operator.browser().get("/operations/stalled/")
    assert [row[0].value for row in page.context["table"].rows] == ["长", "短"]
    assert f'action="/operations/stalled/{old.pk}/reminder/"' in page.content.decode()
    turned = operator.browser().get("/operations/stalled/?sort=-since").context["table"]
    assert [row[0].value for row in turned.rows] == ["短", "长"]


def test_button_stands_in_no_file(merchant, operator):
    need = still(merchant, "长", 25)
    kind = find_export(STILL_NEEDS.export_name)
    names = [column.name for column in STILL_NEEDS.columns]
    params = {"columns": names, "stage": "nobody"}
    [row] = kind.rows(operator.actor, params)
    assert len(row) == len(kind.header(params)) == len(names) - 1
    assert row[0] == need.title
    assert list(kind.rows(operator.actor, {"stage": "undecided"})) == []
