"""A dry run writes nothing; good rows are applied once, whatever dies in between."""

import io
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.files import delete_file
from portal.core.imports import (
    apply_import,
    discard_import,
    kinds,
    prune_imports,
    retry_import,
    start_import,
)
from portal.core.imports import services as imports
from portal.core.jobs import run_job
from portal.core.models import AuditEntry, ImportFault, ImportRun, ImportState, Job, JobState
from portal.core.sheets import read_sheet
from portal.core.verdict import Refused
from portal.parties.models import Membership
from portal.parties.states import Role
from tests import factories
from tests.core.files.samples import upload, workbook
from tests.core.imports.conftest import KIND, Breaks, applied, now_of, run_of, table
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
GOOD = table("茶,2026-05-31,3", "酒,,4")


def finished(actor, run: ImportRun) -> ImportRun:
    run = apply_import(actor, run=run)
    run_job(str(run.job_id))
    return now_of(run)


def faults_of(run):
    return [(f.line, f.field, f.sentence) for f in ImportFault.objects.filter(run=run)]


def test_dry_run_counts_and_writes_nothing(merchant):
    run = run_of(merchant.actor, GOOD)
    assert (run.state, run.total, run.good, run.bad) == (ImportState.CHECKED, 2, 2, 0)
    assert applied() == []
    assert run.file.attached_at


def test_import_writes_each_good_row_once(merchant):
    run = finished(merchant.actor, run_of(merchant.actor, GOOD))
    assert (run.state, run.applied, run.written) == (ImportState.DONE, 2, 2)
    assert applied() == sorted(["茶", "酒"])
    run_job(str(run.job_id))
    assert len(applied()) == 2
    verbs = AuditEntry.objects.filter(object_id=str(run.pk)).values_list("verb", flat=True)
    assert list(verbs) == ["start_import", "check_import", "apply_import", "finish_import"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("﻿名称,日期,Count\n茶,2026/5/31,3\n".encode(), "a.csv"),
        ("Name ;DAY;count*\n茶;2026年5月31日;3\n".encode("gb18030"), "a.csv"),
        ("name\tcount\n茶\t3\n".encode("utf-16"), "a.csv"),
        (b"\xef\xbb\xbfname,count\r\n\xe8\x8c\xb6,3\r\n", "a.csv"),
        (workbook(["name", "count", "day"], ["茶", 3.0, None], [None, None, None]), "a.xlsx"),
    ],
)
def test_tables_as_people_save_them_are_read(merchant, data, name):
    data = data.replace("名称".encode(), b"name").replace("日期".encode(), b"day")
    run = run_of(merchant.actor, data, name)
    assert (run.state, run.total, run.bad, run.problem) == (ImportState.CHECKED, 1, 0, "")


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (",,3", "name", "填写"),
        ("茶,yesterday,3", "day", "2026-05-31"),
        ("茶,,three", "count", "1200"),
        ("茶,,-1", "count", "0"),
        ("茶,,1001", "count", "1000"),
        ("茶\0,,3", "name", ""),
        ("很长" * 20 + ",,3", "name", "20"),
        ("茶,9999-99-99,3", "day", ""),
    ],
)
def test_fault_names_line_field_and_fix(merchant, row, field, said):
    data = table("酒,,1", "", row)
    if b"\0" in data:  # in CSV that is refused at the door; in a workbook it cannot stand
        with pytest.raises(Refused):
            run_of(merchant.actor, data)
        return
    run = run_of(merchant.actor, data)
    [(line, found, sentence)] = faults_of(run)
    assert (line, found, run.bad, run.good) == (4, field, 1, 1)
    assert said in sentence
    assert applied() == []


def test_repetitions_in_the_file_name_the_first_line(merchant):
    run = run_of(merchant.actor, table("茶,,1", "酒,,1", "茶,,2"))
    [(line, field, sentence)] = faults_of(run)
    assert (line, field, run.good) == (4, "name", 2)
    assert "2" in sentence


def test_what_the_kind_refuses_is_a_fault(merchant):
    finished(merchant.actor, run_of(merchant.actor, GOOD))
    run = run_of(merchant.actor, table("茶,,5", "水,,1"))
    assert [(line, field) for line, field, _said in faults_of(run)] == [(2, "name")]
    run = finished(merchant.actor, run)
    assert (run.applied, run.bad) == (1, 1)
    assert "水" in applied()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (table("茶,,3", header="nmae,day,count"), "nmae"),
        (b"name,name,count\na,b,1\n", _("Name")),
        (b"name,day,count\n", ""),
        (b"name,count\n" + b"a" * 140_000 + b",1\n", "2"),
        (workbook(["x"]), "x"),
    ],
)
def test_file_that_is_no_such_table_is_refused_with_a_reason(merchant, data, said):
    run = run_of(merchant.actor, data, "a.xlsx")
    assert run.state == ImportState.REFUSED
    assert str(said) in run.problem
    assert run.job.state == JobState.DONE
    with pytest.raises(Refused):
        apply_import(merchant.actor, run=run)


def test_too_many_rows_are_refused(merchant, monkeypatch):
    monkeypatch.setitem(kinds._kinds, KIND.name, replace(KIND, most_rows=3))
    run = run_of(merchant.actor, table(*[f"n{n},,1" for n in range(4)]))
    assert run.state == ImportState.REFUSED
    assert (run.total, applied()) == (0, [])


def test_unknown_columns_are_named_and_left_aside(merchant):
    run = run_of(merchant.actor, b"name,colour,count\na,red,1\n")
    assert (run.state, run.ignored) == (ImportState.CHECKED, ["colour"])


def test_same_file_is_imported_once_for_a_party(merchant, provider):
    first, again = run_of(merchant.actor, GOOD), run_of(merchant.actor, GOOD)
    finished(merchant.actor, first)
    with pytest.raises(Refused) as refused:
        apply_import(merchant.actor, run=again)
    assert refused.value.verdict.status == 409
    assert now_of(again).state == ImportState.CHECKED
    other = run_of(provider.actor, table("甲,,1"))
    assert finished(provider.actor, other).state == ImportState.DONE


def test_import_that_breaks_off_goes_on_where_it_stood(merchant, monkeypatch):
    monkeypatch.setitem(kinds._kinds, KIND.name, replace(KIND, at_once=2))
    run = run_of(merchant.actor, table(*[f"n{n},,{n}" for n in range(7)]))
    Breaks.after = "n4"
    run = apply_import(merchant.actor, run=run)
    run_job(str(run.job_id))
    run = now_of(run)
    assert (run.state, run.job.state) == (ImportState.APPLYING, JobState.FAILED)
    assert (applied(), run.applied) == (["n0", "n1", "n2", "n3"], 4)
    Breaks.after = ""
    retry_import(merchant.actor, run=run)
    run_job(str(run.job_id))
    run = now_of(run)
    assert (run.state, run.applied, len(applied())) == (ImportState.DONE, 7, 7)


def test_who_lost_the_right_imports_nothing_more(merchant, colleague):
    run = apply_import(merchant.actor, run=run_of(merchant.actor, GOOD))
    Membership.objects.filter(user=merchant.user).update(role=Role.MEMBER)
    Membership.objects.filter(user=colleague.user).update(role=Role.OWNER)
    run_job(str(run.job_id))
    assert now_of(run).job.state == JobState.FAILED
    assert applied() == []


def test_only_who_may_starts_applies_and_discards(merchant, colleague):
    with pytest.raises(Refused):
        start_import(colleague.actor, kind=KIND, upload=upload(GOOD, "a.csv"))
    assert not ImportRun.objects.exists()
    run = run_of(merchant.actor, GOOD)
    for service in (apply_import, discard_import, retry_import):
        with pytest.raises(Refused) as refused:
            service(colleague.actor, run=run)
        assert refused.value.verdict.status == 403
    assert now_of(run).state == ImportState.CHECKED


def test_discarded_import_keeps_neither_file_nor_faults(merchant):
    run = run_of(merchant.actor, table("茶,,x", "酒,,1"))
    discard_import(merchant.actor, run=run)
    run = now_of(run)
    assert run.state == ImportState.DISCARDED
    assert run.file.deleted_at
    assert not run.faults.exists()
    with pytest.raises(Refused):
        apply_import(merchant.actor, run=run)


def test_imports_long_over_lose_what_people_typed(merchant):
    run = finished(merchant.actor, run_of(merchant.actor, table("茶,,x", "酒,,1")))
    assert prune_imports(SYSTEM) == 0
    with clock.standing_at(clock.now() + imports.KEPT * 1.1):
        assert prune_imports(SYSTEM) == 1
        assert prune_imports(SYSTEM) == 0
    assert now_of(run).file.deleted_at
    assert not run.faults.exists()


def test_one_person_has_few_imports_under_way(merchant, monkeypatch):
    monkeypatch.setattr(imports, "MOST_UNDER_WAY", 1)
    start_import(merchant.actor, kind=KIND, upload=upload(GOOD, "a.csv"))
    with pytest.raises(Refused):
        start_import(merchant.actor, kind=KIND, upload=upload(GOOD, "a.csv"))


@pytest.mark.parametrize(
    "wrong",
    [{"state": "done"}, {"state": "refused", "problem": ""}, {"bad": 9}, {"applied": 9}],
)
def test_row_that_contradicts_itself_is_refused(merchant, wrong):
    run = run_of(merchant.actor, GOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_the_same_file_at_once_import_it_once(merchant):
    first, second = run_of(merchant.actor, GOOD), run_of(merchant.actor, GOOD)
    answers = factories.at_once(
        lambda: apply_import(merchant.actor, run=first),
        lambda: apply_import(merchant.actor, run=second),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    for job in Job.objects.all():
        run_job(str(job.pk))
    assert len(applied()) == 2


# --- pages and API ----------------------------------------------------------------------------


def test_page_uploads_shows_faults_and_imports(merchant):
    browser = merchant.browser()
    data = table("茶,,x", "酒,,1")
    answer = browser.post("/imports/new/tests.names/", {"file": upload(data, "名单.csv")})
    run = ImportRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, run.get_absolute_url())
    assert 'hx-trigger="every' in browser.get(run.get_absolute_url()).content.decode()
    run_job(str(run.job_id))
    page = browser.get(run.get_absolute_url()).content.decode()
    assert 'hx-trigger="every' not in page
    assert "1200" in page
    part = browser.get(
        run.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "import"}
    ).content.decode()
    assert "<html" not in part
    assert 'id="import"' in part
    browser.post(f"{run.get_absolute_url()}application/")
    run_job(str(now_of(run).job_id))
    assert applied() == ["酒"]


def test_page_refuses_another_kind_of_file_beside_its_field(merchant):
    browser = merchant.browser()
    answer = browser.post("/imports/new/tests.names/", {"file": upload(b"\0\1", "a.csv")})
    assert answer.status_code == 200
    assert "is-invalid" in answer.content.decode()
    assert browser.post("/imports/new/tests.names/", {}).status_code == 200
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_template_is_a_good_file_and_no_formula(merchant, form):
    data = merchant.browser().get(f"/imports/new/tests.names/template/?format={form}").content
    assert b"\n=" not in data
    run = run_of(merchant.actor, data, f"a.{form}")
    assert (run.state, run.good) == (ImportState.CHECKED, 1)
    finished(merchant.actor, run)
    assert applied() == ["=茶"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_with_faults_are_downloaded_corrected_and_uploaded_again(merchant, form):
    run = run_of(merchant.actor, table("=茶,,x", "酒,,1", "水,,y"))
    answer = merchant.browser().get(f"{run.get_absolute_url()}faults/?format={form}")
    content_type = answer["Content-Type"]
    lines = [line.cells for line in read_sheet(io.BytesIO(answer.content), content_type)]
    assert [cells[:3] for cells in lines[1:]] == [["=茶", "", "x"], ["水", "", "y"]]
    assert "1200" in lines[1][3]
    again = run_of(merchant.actor, answer.content, f"a.{form}")
    assert (again.total, again.bad, again.ignored) == (2, 2, [])
    delete_file(SYSTEM, file=run.file)
    assert merchant.browser().get(f"{run.get_absolute_url()}faults/").status_code == 404


def test_strangers_see_nothing_and_colleagues_may_look(merchant, colleague, provider):
    run = run_of(merchant.actor, GOOD)
    for path in ("", "faults/"):
        assert provider.browser().get(f"{run.get_absolute_url()}{path}").status_code == 404
    assert colleague.browser().get(run.get_absolute_url()).status_code == 200
    assert colleague.browser().get("/imports/new/tests.names/").status_code == 403
    assert merchant.browser().get("/imports/new/nobody/").status_code == 404


def test_list_costs_the_same_for_one_and_three(merchant, django_assert_max_num_queries):
    browser = merchant.browser()
    run_of(merchant.actor, GOOD)
    browser.get("/imports/")
    with django_assert_max_num_queries(20) as first:
        browser.get("/imports/")
    for _again in range(2):
        run_of(merchant.actor, GOOD)
    with django_assert_max_num_queries(len(first.captured_queries)):
        browser.get("/imports/")


def test_api_uploads_looks_and_applies(merchant, provider):
    browser = merchant.browser()
    body = {"kind": "tests.names", "file": upload(table("茶,,x", "酒,,1"), "a.csv")}
    answer = browser.post("/api/v1/imports/", body, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 201
    address = f"/api/v1/imports/{answer.json()['id']}/"
    run_job(str(Job.objects.get().pk))
    found = browser.get(address).json()
    assert (found["state"], found["good"], found["faults"][0]["line"]) == ("checked", 1, 2)
    assert provider.browser().get(address).status_code == 404
    assert browser.post(f"{address}application/").json()["state"] == "applying"
    assert browser.get("/api/v1/imports/").json()["results"][0]["state"] == "applying"
    wrong = browser.post("/api/v1/imports/", {"kind": "nobody", "file": upload(GOOD, "a.csv")})
    assert wrong.status_code == 422
