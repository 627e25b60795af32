"""The feed: appended, the best source wins, said twice counts once, and whose word it is shows."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.activity import demo, selectors
from portal.activity.fields import DayFields
from portal.activity.models import ActivityDay
from portal.activity.services import record_days
from portal.activity.states import Source
from portal.core import clock
from portal.core.exports import find_export
from portal.core.imports import apply_import, find_kind, start_import
from portal.core.jobs import run_job
from portal.core.models import AuditEntry, ImportFault, ImportRun, ImportState
from portal.core.verdict import Refused
from portal.parties.demo import make_cast_party, read_world
from portal.parties.fields import KeyFields
from portal.parties.services import make_key
from portal.parties.states import PartyKind
from tests.core.files.samples import upload
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def day(person: Any, back: int = 1, **changes: Any) -> DayFields:
    party_id = person if isinstance(person, int) else person.party.pk
    fields = {
        "party_id": party_id,
        "day": TODAY - timedelta(days=back),
        "followers": 1000,
        "shopping_followers": 200,
        "videos": 2,
        "lives": 1,
        "has_sold": True,
    }
    return DayFields(**(fields | changes))


def said(person: Any, *days: DayFields, source: Source = Source.SELF_REPORTED) -> int:
    return record_days(person.actor, days=days, source=source)


def best_of(person: Any) -> list[tuple[date, int, int]]:
    rows = ActivityDay.objects.of_party(person.party.pk).best()
    return [(row.day, row.followers, row.source) for row in rows]


def test_better_source_wins_however_late_the_other_came(merchant, operator):
    yesterday = TODAY - timedelta(days=1)
    said(merchant, day(merchant, followers=1500))
    said(operator, day(merchant, followers=1000), source=Source.PLATFORM)
    said(merchant, day(merchant, followers=1600))
    said(operator, day(merchant, followers=1100), source=Source.OPERATOR_FILE)
    assert best_of(merchant) == [(yesterday, 1000, Source.PLATFORM)]
    said(operator, day(merchant, followers=1010), source=Source.PLATFORM)
    assert best_of(merchant) == [(yesterday, 1010, Source.PLATFORM)]
    assert ActivityDay.objects.count() == 5


def test_said_again_in_the_same_words_is_not_said_again(merchant):
    assert said(merchant, day(merchant), day(merchant, 2)) == 2
    assert (
        said(merchant, day(merchant), day(merchant, 2, followers=7, shopping_followers=None)) == 1
    )
    assert said(merchant, day(merchant), day(merchant, 2)) == 1, "back to what it was is a new row"
    assert AuditEntry.objects.filter(verb="record_days").count() == 3


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(Source), st.integers(0, 5)), max_size=12)
)
def test_best_view_is_the_newest_word_of_the_best_source(merchant, words):
    told: dict[date, tuple[int, int]] = {}
    with transaction.atomic():
        for back, source, followers in words:
            fields = day(merchant, back, followers=followers, shopping_followers=None)
            record_days(SYSTEM, days=[fields], source=source)
            if source >= told.get(fields.day, (0, 0))[0]:
                told[fields.day] = (source, followers)
        best = {d: (source, followers) for d, followers, source in best_of(merchant)}
        transaction.set_rollback(True)
    assert best == told


def test_rows_are_never_changed(merchant):
    said(merchant, day(merchant))
    for change in (
        "UPDATE activity_activityday SET videos = 9",
        "DELETE FROM activity_activityday",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("day", {"day": TODAY + timedelta(days=1)}),
        ("day", {"day": date(2012, 1, 1)}),
        ("followers", {"followers": -1, "shopping_followers": None}),
        ("videos", {"videos": 1001}),
        ("lives", {"lives": 101}),
        ("shopping_followers", {"shopping_followers": 1001}),
    ],
)
def test_day_that_cannot_be_is_refused_with_its_field(merchant, field, changes):
    with pytest.raises(Refused) as refused:
        said(merchant, day(merchant, 2), day(merchant, **changes))
    assert [flaw.field for flaw in refused.value.verdict.flaws] == [field]
    assert not ActivityDay.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"followers": -1}, {"shopping_followers": 1001}, {"videos": 1001}, {"source": 9}],
)
def test_database_refuses_what_cannot_be(merchant, wrong):
    row = {
        "party_id": merchant.party.pk,
        "day": TODAY,
        "followers": 1000,
        "videos": 0,
        "lives": 0,
        "has_sold": False,
        "source": 2,
        "recorded_at": clock.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityDay.objects.create(**(row | wrong))


def test_party_speaks_for_itself_and_only_as_itself(merchant, colleague, creator, provider, agency):
    said(merchant, day(merchant))
    said(creator, day(creator))
    cases = [
        (colleague, day(merchant, 2), Source.SELF_REPORTED),
        (provider, day(provider), Source.SELF_REPORTED),
        (agency, day(agency), Source.SELF_REPORTED),
        (creator, day(merchant, 2), Source.SELF_REPORTED),
        (merchant, day(merchant, 2), Source.PLATFORM),
        (merchant, day(merchant, 2), Source.OPERATOR_FILE),
    ]
    for person, fields, source in cases:
        with pytest.raises(Refused) as refused:
            said(person, fields, source=source)
        assert refused.value.verdict.status == 403
    assert ActivityDay.objects.count() == 2


def test_operator_names_only_shops_and_creators(operator, provider, merchant):
    for wrong in (provider.party.pk, 999_999):
        with pytest.raises(Refused) as refused:
            said(operator, day(merchant), day(wrong), source=Source.PLATFORM)
        assert str(wrong) in str(refused.value.verdict.reason)
    with pytest.raises(Refused):
        said(operator, day(merchant), day(merchant), source=Source.PLATFORM)
    assert not ActivityDay.objects.exists()


def test_feed_adds_up_and_tells_missing_from_empty(merchant):
    said(merchant, day(merchant, 0, followers=1200), day(merchant, 2, has_sold=False))
    feed = selectors.feed_of(merchant.party.pk, last=TODAY, span=30)
    assert (feed.reported, feed.span, feed.selling_days) == (2, 30, 1)
    assert (feed.growth, feed.videos, feed.lives) == (200, 4, 2)
    assert selectors.selling_days(merchant.party.pk, TODAY - timedelta(days=9), TODAY) == 1


# --- files ------------------------------------------------------------------------------------

HEADER = "day,followers,shopping_followers,videos,lives,has_sold"


def imported(actor: Any, kind: str, *rows: str, header: str = HEADER) -> ImportRun:
    data = "\n".join([header, *rows]).encode()
    run = start_import(actor, kind=find_kind(kind), upload=upload(data, "a.csv"))
    run_job(str(run.job_id))
    run = ImportRun.objects.get(pk=run.pk)
    if run.good:
        run = apply_import(actor, run=run)
        run_job(str(run.job_id))
    return ImportRun.objects.get(pk=run.pk)


def test_party_imports_its_days(merchant):
    rows = [
        f"{TODAY - timedelta(days=1)},1000,,1,2,是",
        f"{TODAY - timedelta(days=2)},900,80,0,0,no",
    ]
    run = imported(merchant.actor, "activity.own", *rows, f"{TODAY},5,9,0,0,no")
    assert (run.state, run.applied, run.written, run.bad) == (ImportState.DONE, 2, 2, 1)
    assert ImportFault.objects.get(run=run).field == "shopping_followers"
    assert {row[2] for row in best_of(merchant)} == {Source.SELF_REPORTED}


def test_operator_imports_days_of_many(operator, merchant, creator, provider):
    parties = (merchant, creator, provider)
    rows = [f"{p.party.pk},{TODAY},1000,,1,2,1" for p in parties]
    run = imported(operator.actor, "activity.many", *rows, header=f"party_id,{HEADER}")
    assert (run.applied, run.bad) == (2, 1)
    assert best_of(creator) == [(TODAY, 1000, Source.OPERATOR_FILE)]


def test_kinds_are_offered_to_who_may(merchant, provider, operator):
    assert "activity.own" in merchant.browser().get("/imports/").content.decode()
    assert "activity.own" not in provider.browser().get("/imports/").content.decode()
    assert "activity.many" in operator.browser().get("/imports/").content.decode()
    assert provider.browser().get("/imports/new/activity.own/").status_code == 403


# --- page, API, demo --------------------------------------------------------------------------


def test_page_costs_the_same_for_one_and_three_days(merchant):
    browser = merchant.browser()
    said(merchant, day(merchant))
    browser.get("/activity/")
    with CaptureQueriesContext(connection) as first:
        browser.get("/activity/")
    said(merchant, day(merchant, 2), day(merchant, 3))
    with CaptureQueriesContext(connection) as second:
        page = browser.get("/activity/?days=90").content.decode()
    assert len(first) == len(second)
    assert page.count('<svg class="spark"') == 2


def test_page_narrows_to_its_part(merchant):
    said(merchant, day(merchant))
    headers = {"HX-Request": "true", "HX-Target": "activity"}
    part = merchant.browser().get("/activity/?days=30", headers=headers).content.decode()
    assert "<html" not in part
    assert 'id="activity"' in part


def test_page_reports_a_day_and_shows_what_is_wrong(merchant):
    browser = merchant.browser()
    good = {"day": str(TODAY), "followers": "10", "videos": "0", "lives": "0", "has_sold": "on"}
    answer = browser.post("/activity/report/", good | {"shopping_followers": "11"})
    assert answer.status_code == 200
    assert "is-invalid" in answer.content.decode()
    assert not ActivityDay.objects.exists()
    assert browser.post("/activity/report/", good).status_code == 302
    assert ActivityDay.objects.get().has_sold


def test_api_takes_many_days_once(merchant, operator, provider):
    body = {"day": str(TODAY), "followers": 10, "videos": 0, "lives": 1, "has_sold": False}
    send = {"content_type": "application/json"}
    browser = merchant.browser()
    assert browser.post("/api/v1/activity/", {"days": [body]}, **send).json() == {"recorded": 1}
    assert browser.post("/api/v1/activity/", {"days": [body]}, **send).json() == {"recorded": 0}
    assert browser.get("/api/v1/activity/").json()[0]["source"] == "self_reported"
    better = {"source": "platform", "days": [body | {"party": merchant.party.pk, "followers": 9}]}
    assert browser.post("/api/v1/activity/", better, **send).status_code == 403
    assert operator.browser().post("/api/v1/activity/", better, **send).status_code == 200
    assert browser.get("/api/v1/activity/?days=1").json()[0]["followers"] == 9
    assert provider.browser().post("/api/v1/activity/", {"days": [body]}, **send).status_code == 403
    assert browser.post("/api/v1/activity/", {"days": []}, **send).status_code == 400


def test_demo_fills_ninety_days(db):
    world = read_world()
    for kind in (PartyKind.MERCHANT, PartyKind.CREATOR):
        party = make_cast_party(world, kind, "demo")
        demo.make_feed(world, kind)
        feed = selectors.feed_of(party.pk, last=world.today, span=91)
        assert feed.reported == demo.DAYS
        assert 0 < feed.selling_days <= feed.reported
    first = ActivityDay.objects.order_by("pk").values_list("source", flat=True)
    assert {key for key, _rows in itertools.groupby(first)} == {
        Source.PLATFORM,
        Source.SELF_REPORTED,
    }


def test_key_of_a_machine_sends_days(merchant):
    fields = KeyFields("ERP", ["party:write"], 30)
    _key, plain = make_key(merchant.actor, party=merchant.party, fields=fields)
    body = {"day": str(TODAY), "followers": 10, "videos": 0, "lives": 1, "has_sold": False}
    answer = Client().post(
        "/api/v1/activity/",
        {"days": [body]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {plain}"},
    )
    assert answer.json() == {"recorded": 1}
    assert best_of(merchant)[0][2] == Source.SELF_REPORTED


def test_days_are_sorted_and_filtered_and_are_ones_own(merchant, creator):
    said(merchant, day(merchant, 1), day(merchant, 2, followers=5000), day(merchant, 3))
    said(merchant, day(merchant, 3, has_sold=False, followers=10, shopping_followers=1))
    said(creator, day(creator, 1, followers=77, shopping_followers=7))

    def followers(query: str) -> list[int]:
        table = merchant.browser().get(f"/activity/?{query}").context["table"]
        return [cells[1].value for cells in table.rows]

    assert followers("") == [1000, 5000, 10], "of two words of one source the newer"
    assert followers("sort=followers") == [10, 1000, 5000]
    assert followers("sold=0") == [10]
    assert followers("source=platform") == []
    headers = {"HX-Request": "true", "HX-Target": "table"}
    part = merchant.browser().get("/activity/?sold=0", headers=headers).content.decode()
    assert part.strip().startswith('<section id="table"')


def test_days_are_exported_as_they_are_shown(merchant, provider):
    said(merchant, day(merchant, 1), day(merchant, 2, has_sold=False))
    kind = find_export("table.activity_days")
    params = {"sold": "1", "columns": ["day", "followers"]}
    assert list(kind.rows(merchant.actor, params)) == [[TODAY - timedelta(days=1), 1000]]
    assert kind.may(merchant.actor)
    assert not kind.may(provider.actor)
