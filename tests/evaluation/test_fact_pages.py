"""The doors of facts: pages of one's own, files of operators, the API, the operators' admin."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock
from portal.core.imports import apply_import, find_kind, start_import
from portal.core.jobs import run_job
from portal.core.models import ImportFault, ImportRun, ImportState
from portal.evaluation.models import Fact
from portal.evaluation.services import correct_fact, record_facts
from portal.evaluation.states import Door, Grade, Strike
from portal.parties.models import ServiceType
from portal.parties.services import merge_parties
from tests.evaluation.test_facts import fields
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def page(person: Any, name: str = "fact_list", *args: Any, query: str = "") -> str:
    answer = person.browser().get(f"{reverse(name, args=args)}{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


# --- pages ----------------------------------------------------------------------------------------


def test_fact_list_shows_what_does_not_count_with_its_reason(provider, rival, merchant):
    record_facts(
        SYSTEM,
        facts=[
            fields(provider, merchant, 1),
            fields(provider, merchant, 2, strike=Strike.UNPAID),
            fields(provider, merchant, 3, grade=Grade.SELF_REPORTED),
            fields(rival, merchant, 4),
        ],
    )
    correct_fact(SYSTEM, fact=Fact.objects.get(ref_id="1"), value=2, why="the file was wrong")
    shown = page(provider)
    for fact in Fact.objects.filter(party=provider.party):
        assert f"/evaluation/facts/{fact.pk}/" in shown
    assert merchant.party.name not in shown
    assert f"/evaluation/facts/{Fact.objects.get(ref_id='4').pk}/" not in shown


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("?standing=counted", {"5"}),
        ("?standing=struck", {"2"}),
        ("?standing=own_word", {"3"}),
        ("?standing=replaced", {"1"}),
        ("?measure=satisfaction&standing=counted", {"5"}),
        ("?measure=disputes", set()),
        ("?period=90", {"2", "3"}),
    ],
)
def test_fact_list_filters(provider, merchant, query, refs):
    old = {
        "starts_on": TODAY - timedelta(days=120),
        "ends_on": TODAY - timedelta(days=100),
    }
    record_facts(
        SYSTEM,
        facts=[
            fields(provider, merchant, 1, **old),
            fields(provider, merchant, 2, strike=Strike.UNPAID),
            fields(provider, merchant, 3, grade=Grade.SELF_REPORTED),
        ],
    )
    first = Fact.objects.get(ref_id="1")
    later = correct_fact(SYSTEM, fact=first, value=2, why="the file was wrong")
    shown = page(provider, query=query)
    keys = {str(row.pk): row for row in Fact.objects.all()}
    names = {"1": str(first.pk), "5": str(later.pk)}
    names |= {row.ref_id: str(row.pk) for row in keys.values() if row.ref_id in {"2", "3"}}
    found = {key for key in keys if f"/evaluation/facts/{key}/" in shown}
    assert found == {names[ref] for ref in refs}


def test_fact_list_asks_as_often_for_three_rows_as_for_one(provider, merchant):
    record_facts(SYSTEM, facts=[fields(provider, merchant, 1)])
    browser = provider.browser()
    browser.get(reverse("fact_list"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("fact_list"))
    record_facts(SYSTEM, facts=[fields(provider, merchant, ref) for ref in (2, 3)])
    correct_fact(SYSTEM, fact=Fact.objects.earliest("pk"), value=2, why="wrong")
    with CaptureQueriesContext(connection) as three:
        browser.get(reverse("fact_list"))
    assert len(one) == len(three)


def test_fact_list_narrows_to_its_table_for_htmx(provider, merchant):
    record_facts(SYSTEM, facts=[fields(provider, merchant)])
    url = reverse("fact_list")
    whole = provider.browser().get(url).content.decode()
    part = provider.browser().get(url, headers={"HX-Request": "true", "HX-Target": "table"})
    assert "<html" in whole
    assert part.content.decode().lstrip().startswith('<section id="table"')


def test_fact_detail_shows_the_chain_of_corrections(provider, rival, merchant):
    record_facts(SYSTEM, facts=[fields(provider, merchant)])
    first = Fact.objects.get()
    second = correct_fact(SYSTEM, fact=first, value=2, why="the file was wrong")
    shown = page(provider, "fact_detail", first.pk)
    assert "the file was wrong" in shown
    assert f"/evaluation/facts/{second.pk}/" in shown
    assert merchant.party.name not in shown
    answer = rival.browser().get(reverse("fact_detail", args=[first.pk]))
    assert answer.status_code == 404


def test_counterparties_are_told_apart_but_not_named(provider, rival, merchant, agency):
    rows = [
        fields(provider, merchant, 1),
        fields(provider, merchant, 2),
        fields(provider, agency, 3),
        fields(rival, merchant, 4),
    ]
    record_facts(SYSTEM, facts=rows)
    answer = provider.browser().get("/api/v1/facts/").json()["results"]
    mine = {row["ref_id"]: row["counterpart"] for row in answer}
    theirs = rival.browser().get("/api/v1/facts/").json()["results"][0]["counterpart"]
    assert mine["1"] == mine["2"] != mine["3"]
    assert theirs != mine["1"]


def test_a_merged_partys_facts_are_the_survivors_to_read(provider, rival, merchant):
    record_facts(SYSTEM, facts=[fields(rival, merchant)])
    merge_parties(SYSTEM, survivor=provider.party, absorbed=rival.party, why="the same firm")
    assert f"/evaluation/facts/{Fact.objects.get().pk}/" in page(provider)


# --- files ----------------------------------------------------------------------------------------

HEAD = "party_id,measure,value,sample,service,counterpart_id,starts_on,ends_on,grade,ref"


def imported(operator: Any, text: str, encoding: str = "utf-8") -> ImportRun:
    kind = find_kind("evaluation.facts")
    assert kind is not None
    file = SimpleUploadedFile("facts.csv", text.encode(encoding), "text/csv")
    run = start_import(operator.actor, kind=kind, upload=file)
    assert run.job is not None
    run_job(str(run.job.pk))
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_file_of_facts_is_tried_then_written_once(operator, provider, merchant, encoding):
    line = (
        f"{provider.party.pk},satisfaction,4.5,,live-room,{merchant.party.pk},"
        f"{TODAY},{TODAY},confirmed,调研/1"
    )
    run = imported(operator, f"{HEAD}\n{line}\n", encoding)
    assert (run.state, run.good, run.bad) == (ImportState.CHECKED, 1, 0)
    assert Fact.objects.count() == 0
    run = apply_import(operator.actor, run=run)
    assert run.job is not None
    run_job(str(run.job.pk))
    fact = Fact.objects.get()
    assert (fact.value, fact.ref_id, fact.door) == (4.5, "调研/1", Door.FILE)
    assert fact.service == ServiceType.objects.get(code="live-room")
    assert fact.recorded_by == operator.user


def test_file_of_facts_names_line_and_field_of_each_flaw(operator, provider, merchant):
    record_facts(SYSTEM, facts=[fields(provider, merchant, "a", ref_kind="import", value=1.0)])
    party, other = provider.party.pk, merchant.party.pk
    lines = [
        f"{party},satisfaction,9,,,{other},{TODAY},{TODAY},confirmed,b",
        f"{party},beauty,1,,,{other},{TODAY},{TODAY},confirmed,c",
        f"{party},satisfaction,4,,,,{TODAY},{TODAY},confirmed,d",
        f"{other},satisfaction,4,,,{party},{TODAY},{TODAY},confirmed,e",
        f"{party},satisfaction,4,,,{other},{TODAY},{TODAY},confirmed,a",
        f"{party},satisfaction,vier,,,{other},{TODAY},{TODAY},perhaps,f",
    ]
    run = imported(operator, "\n".join([HEAD, *lines, ""]))
    assert (run.good, run.bad) == (0, 6)
    faults = set(ImportFault.objects.filter(run=run).values_list("line", "field"))
    assert {(2, "value"), (3, "measure"), (4, "counterpart_id"), (5, "party_id")} <= faults
    assert {(6, "ref"), (7, "value"), (7, "grade")} <= faults
    assert Fact.objects.count() == 1


# --- API ------------------------------------------------------------------------------------------


def body(provider: Any, merchant: Any, **changes: Any) -> dict[str, Any]:
    return {
        "party": provider.party.pk,
        "measure": "satisfaction",
        "value": 4.5,
        "counterpart": merchant.party.pk,
        "service": "live-room",
        "starts_on": TODAY.isoformat(),
        "ends_on": TODAY.isoformat(),
        "grade": "confirmed",
        "ref_id": "books/7",
    } | changes


def post(person: Any, path: str, said: Any, **headers: str) -> Any:
    return person.browser().post(
        f"/api/v1/facts/{path}", said, content_type="application/json", headers=headers
    )


def test_api_records_once_and_refuses_whole(operator, provider, merchant):
    said = {"facts": [body(provider, merchant)]}
    assert post(operator, "", said).json() == {"recorded": 1}
    assert post(operator, "", said).json() == {"recorded": 0}
    keyed = {"facts": [body(provider, merchant, ref_id="books/8")]}
    assert post(operator, "", keyed, **{"Idempotency-Key": "k"}).json() == {"recorded": 1}
    assert post(operator, "", keyed, **{"Idempotency-Key": "k"}).json() == {"recorded": 1}
    other = {"facts": [body(provider, merchant, value=1), body(provider, merchant, ref_id="9")]}
    assert post(operator, "", other).status_code == 409
    wrong = {"facts": [body(provider, merchant, ref_id="9", value=7)]}
    assert post(operator, "", wrong).status_code == 422
    assert Fact.objects.count() == 2
    assert {row.door for row in Fact.objects.all()} == {Door.API}


def test_api_corrects_and_confirms(operator, provider, merchant):
    own_word = {"facts": [body(provider, merchant, grade="self_reported")]}
    post(operator, "", own_word)
    key = Fact.objects.get().pk
    answer = post(operator, f"{key}/confirmation/", {"why": "seen"})
    assert (answer.status_code, answer.json()["grade"]) == (201, "confirmed")
    assert post(operator, f"{key}/confirmation/", {"why": "seen"}).status_code == 409
    later = answer.json()["id"]
    answer = post(operator, f"{later}/correction/", {"value": 3, "why": "typed wrongly"})
    assert (answer.status_code, answer.json()["value"]) == (201, 3.0)
    assert answer.json()["corrects"] == later
    assert post(provider, f"{later}/correction/", {"value": 5, "why": "x"}).status_code == 403


def test_api_filters_what_counts(operator, provider, merchant):
    post(operator, "", {"facts": [body(provider, merchant)]})
    post(operator, "", {"facts": [body(provider, merchant, ref_id="2", grade="self_reported")]})

    def refs(query: str) -> list[str]:
        rows = provider.browser().get(f"/api/v1/facts/?{query}").json()["results"]
        return [row["ref_id"] for row in rows]

    assert refs("standing=counted") == ["books/7"]
    assert refs("standing=own_word") == ["2"]
    assert refs(f"since={TODAY}") == ["2", "books/7"]
    assert refs(f"until={TODAY - timedelta(days=1)}") == []
    assert provider.browser().get("/api/v1/facts/?standing=good").status_code == 400


# --- admin ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({"step": "correct", "value": "3", "why": "typed wrongly"}, 2),
        ({"step": "take_back", "why": "forged"}, 2),
        ({"step": "correct", "value": "", "why": "no value"}, 1),
        ({"step": "correct", "value": "3", "why": ""}, 1),
        ({"step": "confirm", "why": "counts already"}, 1),
    ],
)
def test_admin_corrects_through_the_service(operator, provider, merchant, said, count):
    record_facts(SYSTEM, facts=[fields(provider, merchant)])
    url = reverse("admin:evaluation_fact_correct", args=[Fact.objects.get().pk])
    operator.browser().post(url, said)
    assert Fact.objects.count() == count
