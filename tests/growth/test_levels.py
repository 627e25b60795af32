"""Levels from real records: counted each night, kept for good, told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.activity.states import Source
from portal.core import clock
from portal.core.verdict import Refused
from portal.growth import selectors, services
from portal.growth.models import GrowthRules, LevelStep, LineStanding
from portal.growth.services import count_levels
from portal.notices.models import Notice
from portal.parties.states import PartyKind
from portal.revenue.models import Turnover
from tests import factories
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.growth.making import SMALL, efficient, fields, lived

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(db):
    return staff_person("finance maker")


@pytest.fixture
def checker(db):
    return staff_person("finance checker")


@pytest.fixture
def yesterday(maker, checker):
    """By the small rules, which hold since before that."""
    with clock.standing_at(clock.now() - timedelta(days=100)):
        proposed = services.propose_growth_rules(maker.actor, fields=fields())
        services.approve_growth_rules(checker.actor, proposed=proposed)
    return clock.today() - timedelta(days=1)


def levels(party):
    rows = LineStanding.objects.filter(party=party)
    return {row.line: (row.level, row.value) for row in rows}


def sold(party, month, net_fen):
    Turnover.objects.create(
        role="creator",
        party=party,
        month=month,
        lines=1,
        paid_fen=net_fen,
        net_fen=net_fen,
        refunded_fen=0,
        counted_at=clock.now(),
    )


def test_four_lines_are_counted_from_trusted_records_alone(yesterday, creator):
    party = creator.party
    lived(party, [2, 0, 1], until=yesterday)
    lived(party, [30], until=yesterday - timedelta(days=40))  # too long ago
    lived(party, [9], until=yesterday, source=Source.SELF_REPORTED)
    efficient(party, 2_500, day=yesterday)
    efficient(party, 9_999, day=yesterday, source=Source.SELF_REPORTED)
    this = yesterday.replace(day=1)
    sold(party, this, 700)
    sold(party, (this - timedelta(days=1)).replace(day=1), 300)
    sold(party, (this - timedelta(days=120)).replace(day=1), 10**6)  # four months ago
    assert count_levels(SYSTEM, until=yesterday) == 4
    assert levels(party) == {
        "live": (2, 3),
        "followers": (2, 100),
        "value": (2, 1_000),
        "efficiency": (2, 2_500),
    }
    assert count_levels(SYSTEM, until=yesterday) == 0  # twice is once
    assert LevelStep.objects.filter(party=party).count() == 4
    assert not Notice.objects.filter(event="growth.level").exists()  # had from the start: no news


def test_level_is_told_once_and_stays(yesterday, creator):
    party = creator.party
    lived(party, [2], until=yesterday)
    count_levels(SYSTEM, until=yesterday)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        lived(party, [5], until=yesterday + timedelta(days=1))
        assert count_levels(SYSTEM, until=yesterday + timedelta(days=1)) == 1
        notice = Notice.objects.get(event="growth.level")
        assert (notice.user, notice.params["level"]) == (creator.user, 4)
    with clock.standing_at(clock.now() + timedelta(days=60)):
        assert count_levels(SYSTEM, until=clock.today()) == 0
        assert levels(party)["live"] == (4, None)  # no day is known any more; nothing is lost
        [live, *_others] = selectors.paths_of(party)
        assert live.place.level == 4
    assert Notice.objects.filter(event="growth.level").count() == 1


def test_everybody_is_counted_in_as_many_statements_as_one(yesterday, creator):
    def counted():
        with CaptureQueriesContext(connection) as asked:
            count_levels(SYSTEM, until=yesterday)
        return len(asked)

    lived(creator.party, [1, 1], until=yesterday)
    first = counted()
    for number in range(3):
        lived(factories.listed_party(PartyKind.CREATOR, f"达人{number}"), [1, 1], until=yesterday)
    assert counted() == first
    assert LineStanding.objects.count() == 16


def test_only_the_platform_counts(creator, operator, yesterday):
    for person in (creator, operator):
        with pytest.raises(Refused):
            count_levels(person.actor, until=yesterday)
    assert not LineStanding.objects.exists()


def test_first_day_names_one_step_for_each_line(creator):
    page = creator.browser().get("/growth/").content.decode()
    paths = selectors.paths_of(creator.party)
    assert [path.place.level for path in paths] == [0, 0, 0, 0]
    for path in paths:
        assert not path.is_known
        assert str(path.next) in page
        assert path.door[0] in page
    assert selectors.next_line(paths).line == "live"


def test_path_says_the_next_step_in_numbers(yesterday, creator):
    lived(creator.party, [1, 1, 0], until=yesterday)
    count_levels(SYSTEM, until=yesterday)
    live = selectors.paths_of(creator.party)[0]
    assert (live.place.level, live.place.missing, live.place.percent) == (1, 1, 66)
    page = creator.browser().get("/growth/").content.decode()
    assert str(live.next) in page
    told = creator.browser().get("/api/v1/growth-lines/?line=live").json()["results"]
    assert [(one["line"], one["level"], one["value"]) for one in told] == [("live", 1, 2)]


def test_rules_need_two_people_and_a_week(yesterday, maker, checker):
    soon = clock.today() + timedelta(days=3)
    worse = SMALL | {"live": [1, 3, 3, 7, 9]}
    for faulty, name in (
        (fields(starts_on=soon), "starts_on"),
        (fields(ladders=worse), "live_3"),
        (fields(benefits={("XL", 1, "advice_hours"): 1}), "benefits"),
        (fields(source=" "), "source"),
    ):
        with pytest.raises(Refused) as refusal:
            services.propose_growth_rules(maker.actor, fields=faulty)
        assert [flaw.field for flaw in refusal.value.verdict.flaws] == [name]
    before = GrowthRules.objects.count()
    proposed = services.propose_growth_rules(maker.actor, fields=fields())
    for person in (maker, staff_person("support")):
        with pytest.raises(Refused):
            services.approve_growth_rules(person.actor, proposed=proposed)
    services.approve_growth_rules(checker.actor, proposed=proposed)
    with pytest.raises(Refused):  # from the same day again
        services.propose_growth_rules(
            maker.actor, fields=replace(fields(), starts_on=proposed.starts_on)
        )
    assert GrowthRules.objects.count() == before + 1
    assert selectors.rules_on(clock.today()) != proposed  # announced, not in force
    assert selectors.rules_on(proposed.starts_on) == proposed


def test_rules_are_proposed_on_a_form_that_starts_from_todays(yesterday, maker):
    page = maker.browser().get("/admin/growth/growthrules/proposal/")
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields}
    given |= {name: "" for name, value in given.items() if value is None}
    given |= {"starts_on": clock.today() + timedelta(days=30), "source": "公告", "live_1": 2}
    for line in ("value", "efficiency"):  # in yuan
        given |= {f"{line}_{n}": floor / 100 for n, floor in enumerate(SMALL[line], start=1)}
    answer = maker.browser().post("/admin/growth/growthrules/proposal/", given)
    assert answer.status_code == 302, answer.context["form"].errors
    proposed = GrowthRules.objects.proposed().get()
    assert proposed.ladders == SMALL | {"live": [2, 3, 5, 7, 9]}
    assert proposed.benefits.count() == 2
