"""Snapshots on pages, in admin and for machines."""

from __future__ import annotations

import csv

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.operators import queues
from portal.evaluation import services
from portal.evaluation.computing.results import key_of
from portal.evaluation.models import Snapshot
from portal.evaluation.states import SnapshotKind
from tests.conftest import staff_person
from tests.evaluation.makers import (
    computed,
    providers_with_facts,
    published_official,
    quarter,
    small_fields,
    small_method_in_force,
    started_official,
)
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
API = "/api/v1/snapshots/"


@pytest.fixture
def method(db):
    return small_method_in_force()


@pytest.fixture
def evaluator(db):
    return staff_person("evaluation")


@pytest.fixture
def operator(db):
    return staff_person("operator")


def english(client):
    client.cookies["django_language"] = "en"
    return client


def previews(method, months):
    for month in months:
        services.start_snapshot(
            SYSTEM,
            method=method,
            kind=SnapshotKind.PREVIEW,
            period=f"2026-{month:02}",
            ends_on=quarter()[1],
        )


def queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_list_asks_as_much_for_three_as_for_one(method, evaluator):
    client = evaluator.browser()
    previews(method, [1])
    client.get("/snapshots/")
    one = queries(client, "/snapshots/")
    previews(method, [2, 3])
    assert queries(client, "/snapshots/") == one


def test_what_is_being_computed_is_for_operators(method, evaluator, visitor):
    snapshot = started_official(method)
    assert visitor.get(snapshot.get_absolute_url()).status_code == 404
    client = english(evaluator.browser())
    text = client.get(snapshot.get_absolute_url()).content.decode()
    assert "Computing the ratings" in text
    part = client.get(
        snapshot.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "progress"}
    ).content.decode()
    assert part.startswith('<div id="progress"')
    assert part in text


def test_published_one_tells_everybody_what_it_is_made_of(method, visitor, evaluator):
    providers_with_facts()
    snapshot = published_official(method)
    text = english(visitor).get(snapshot.get_absolute_url()).content.decode()
    for digest in (snapshot.facts_digest, snapshot.values_digest, snapshot.scores_digest):
        assert digest in text
    assert "Live-room management · S" in text
    assert "How much the order rests on the weights" not in text
    text = english(evaluator.browser()).get(snapshot.get_absolute_url()).content.decode()
    assert "How much the order rests on the weights" in text
    assert "Coverage, indicator by indicator" in text


def test_trial_shows_operators_who_moves(method, evaluator):
    providers = providers_with_facts()
    fields = small_fields("2026-2")
    fields.document["dimensions"][0]["weight"] = 60
    draft = services.draft_method(evaluator.actor, fields=fields)
    client = english(evaluator.browser())
    steps = f"/admin/evaluation/method/{draft.pk}/steps/"
    response = client.post(steps, {"step": "try", "try-ends_on": quarter()[1].isoformat()})
    assert response.status_code == 302
    for one in Snapshot.objects.filter(kind=SnapshotKind.TRIAL):
        computed(one)
    trial = Snapshot.objects.get(method=draft)
    text = client.get(trial.get_absolute_url()).content.decode()
    assert "Who moves the farthest" in text
    assert providers[0].name in text
    assert client.get(steps).status_code == 200


def test_files_of_the_example_are_downloaded(method, visitor):
    providers_with_facts()
    published_official(method)
    for name, head in (
        ("indicators", "party,indicator,value,sample_size"),
        ("parties", "party,segment"),
        ("gates", "party,gate"),
    ):
        response = visitor.get(f"{method.get_absolute_url()}{name}.csv")
        assert response.content.decode().splitlines()[0] == head
    assert visitor.get(f"{method.get_absolute_url()}others.csv").status_code == 404


def test_downloaded_files_give_the_published_scores(method, visitor, tmp_path):
    """What the page promises: anybody, without the database."""
    first, *_rest = providers_with_facts()
    snapshot = published_official(method)
    page = visitor.get(f"/method/?party={first.pk}").content.decode()
    names = {"document.json": "--method", "indicators.csv": "--data", "parties.csv": "--parties"}
    arguments = [f"--out={tmp_path}/scores.csv"]
    for name, option in (names | {"gates.csv": "--gates"}).items():
        asked = "" if name == "document.json" else f"?party={first.pk}"
        url = f"{method.get_absolute_url()}{name}{asked}"
        assert url in page
        (tmp_path / name).write_bytes(visitor.get(url).content)
        arguments.append(f"{option}={tmp_path}/{name}")
    call_command("evaluate", *arguments)
    rows = csv.DictReader((tmp_path / "scores.csv").read_text(encoding="utf-8").splitlines())
    found = {row["party"]: row for row in rows if row["dimension"] == "composite"}
    ratings = snapshot.ratings.filter(is_home=True, score__isnull=False)
    assert len(found) == ratings.count() == 9
    for rating in ratings.select_related("service"):
        row = found[key_of(rating.party_id, rating.service.code)]
        assert float(row["score"]) == pytest.approx(rating.score, abs=1e-6)


def test_files_are_not_offered_where_one_column_cannot_say_it(method, visitor):
    """Too few of one service: they are compared with others, whose indicators differ."""
    providers_with_facts(3)
    published_official(method)
    page = visitor.get("/method/").content.decode()
    assert "indicators.csv?" not in page
    assert visitor.get(f"{method.get_absolute_url()}indicators.csv").status_code == 404


def test_operators_start_publish_and_replace_in_admin(method, evaluator, operator, rf):
    providers_with_facts()
    period, ends_on = quarter()
    client = evaluator.browser()
    body = {"method": method.pk, "kind": "official", "period": period, "ends_on": ends_on}
    assert client.post("/admin/evaluation/snapshot/start/", body).status_code == 302
    snapshot = computed(Snapshot.objects.get())
    steps = f"/admin/evaluation/snapshot/{snapshot.pk}/steps/"
    client.post(steps, {"step": "publish"})
    snapshot.refresh_from_db()
    assert snapshot.status == "ready"  # by whom it was started
    request = rf.get("/admin/")
    request.user = operator.user
    assert any("snapshot" in queue.url and queue.count == 1 for queue in queues(request))
    other = operator.browser()
    other.post(steps, {"step": "publish"})
    snapshot.refresh_from_db()
    assert snapshot.status == "published"
    other.post(steps, {"step": "replace", "why": ""})
    assert Snapshot.objects.count() == 1
    other.post(steps, {"step": "replace", "why": "A file was brought in twice."})
    assert Snapshot.objects.get(revision=2).replaces == snapshot
    assert other.get(steps).status_code == 200


def test_machines_read_ratings_page_by_page(method, visitor, evaluator):
    providers_with_facts()
    snapshot = published_official(method)
    [row] = visitor.get(API).json()["results"]
    assert row["scores_digest"] == snapshot.scores_digest
    seen, url = [], f"{API}{snapshot.pk}/ratings/?limit=4"
    while url:
        page = visitor.get(url).json()
        seen += page["results"]
        url = page["next"]
    assert len(seen) == 9
    assert {len(one["dimensions"]) for one in seen} == {2}
    response = evaluator.browser().post(
        f"{API}{snapshot.pk}/replacement/",
        {"why": "Brought in twice."},
        content_type="application/json",
    )
    assert response.status_code == 201
    assert response.json()["replaces"] == snapshot.pk


def test_machines_try_a_method_and_read_whom_it_moves(method, evaluator, visitor):
    """As the pages: a trial of a draft, its impact, the distribution, what ranks rest on."""
    providers = providers_with_facts()
    official = published_official(method)
    fields = small_fields("2026-2")
    fields.document["dimensions"][0]["weight"] = 60
    draft = services.draft_method(evaluator.actor, fields=fields)
    client = evaluator.browser()
    asked = {"ends_on": quarter()[1].isoformat()}
    url = f"/api/v1/methods/{draft.pk}/trial/"
    response = client.post(url, asked, content_type="application/json")
    assert response.status_code == 201
    trial = Snapshot.objects.get(pk=response.json()["id"])
    assert client.get(f"{API}{trial.pk}/impact/").status_code == 404
    for one in Snapshot.objects.filter(kind=SnapshotKind.TRIAL):
        computed(one)
    impact = client.get(f"{API}{trial.pk}/impact/").json()
    assert impact["everybody"]["rated"] == impact["rated_after"] == 9
    assert {one["party"] for one in impact["movers"]} <= {one.pk for one in providers}
    assert sum(bar["count"] for bar in impact["histogram"]) == 9
    [segment] = visitor.get(f"{API}{official.pk}/segments/").json()
    assert (segment["rated"], sum(bar["count"] for bar in segment["bars"])) == (9, 9)
    assert visitor.get(f"{API}{official.pk}/sensitivity/").status_code == 403
    lines = client.get(f"{API}{official.pk}/sensitivity/").json()
    assert [line["most_places"] >= 0 for line in lines] == [True, True]


def test_machines_retry_what_failed(method, evaluator):
    snapshot = started_official(method)
    services.fail_snapshot(SYSTEM, snapshot=snapshot, why="The disk was full.")
    response = evaluator.browser().post(f"{API}{snapshot.pk}/retry/")
    assert (response.status_code, response.json()["status"]) == (200, "computing")
