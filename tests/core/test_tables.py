"""A declared list: sorted by key with ties, filtered, its columns remembered, exported as shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import jobs
from portal.core.exports import find_export
from portal.core.job_table import JOBS
from portal.core.jobs import run_job
from portal.core.models import ExportRun, Job, TableChoice
from portal.core.tables import choose_columns
from portal.core.verdict import Refused
from portal.core.web import ordered_page
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def started(number: int) -> list[Job]:
    """Jobs of which several have the same number of attempts."""
    for n in range(number):
        job = jobs.start_job(SYSTEM, kind=f"tests.{n:02d}")
        Job.objects.filter(pk=job.pk).update(attempts=n % 3)
    return list(Job.objects.all())


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize("field", ["attempts", "created_at", "kind"])
def test_pages_hold_every_row_once_there_and_back(field, ascending):
    started(11)
    sign = "" if ascending else "-"
    wanted = list(Job.objects.order_by(f"{sign}{field}", f"{sign}pk"))
    pages, cursor = [], ""
    while True:
        page = ordered_page(Job.objects.all(), cursor, field=field, ascending=ascending, size=4)
        pages.append(page)
        if not (cursor := page.next):
            break
    assert [row for page in pages for row in page.rows] == wanted
    back = ordered_page(
        Job.objects.all(), pages[-1].previous, field=field, ascending=ascending, size=4
    )
    assert back.rows == pages[-2].rows
    first = ordered_page(Job.objects.all(), back.previous, field=field, ascending=ascending, size=4)
    assert (first.rows, first.previous) == (pages[0].rows, "")


def test_cursor_of_another_order_is_the_first_page():
    started(6)
    page = ordered_page(Job.objects.all(), "", field="kind", ascending=True, size=2)
    for cursor in (page.next, "forged"):
        other = ordered_page(Job.objects.all(), cursor, field="created_at", ascending=False, size=2)
        assert other.previous == ""


def test_list_sorts_filters_and_shares_its_address(operator):
    started(3)
    browser = operator.browser()
    page = browser.get("/jobs/?sort=kind").content.decode()
    assert page.index("tests.00") < page.index("tests.01") < page.index("tests.02")
    assert 'aria-sort="ascending"' in page
    page = browser.get("/jobs/?sort=-kind&kind=tests.01").content.decode()
    assert 'href="/jobs/' in page
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "tests.01" in body
    assert "tests.02" not in body
    assert browser.get("/jobs/?sort=error&state=x&cursor=y").status_code == 200


def test_list_narrows_to_its_part(operator):
    started(2)
    headers = {"HX-Request": "true", "HX-Target": "table"}
    part = operator.browser().get("/jobs/?sort=kind", headers=headers).content.decode()
    assert "<html" not in part
    assert 'id="table"' in part


def test_chosen_columns_are_remembered_for_the_person(operator, merchant):
    started(1)
    browser = operator.browser()
    sent = {"columns": ["kind", "error", "nobody"], "query": "sort=kind"}
    answer = browser.post("/tables/jobs/columns/", sent)
    assert answer["Location"] == "/jobs/?sort=kind"
    assert TableChoice.objects.get().columns == ["kind", "error"]
    heads = browser.get("/jobs/").content.decode().split("<thead>")[1].split("</thead>")[0]
    assert heads.count("<th") == 2
    choose_columns(operator.actor, kind=JOBS, columns=[])
    assert not TableChoice.objects.exists()
    with pytest.raises(Refused):
        choose_columns(merchant.actor, kind=JOBS, columns=["kind"])
    assert browser.post("/tables/nobody/columns/").status_code == 404


def test_export_holds_what_the_list_shows(operator, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    started(3)
    browser = operator.browser()
    choose_columns(operator.actor, kind=JOBS, columns=["kind", "attempts"])
    page = browser.get("/jobs/?sort=kind").content.decode()
    assert f'value="{JOBS.export_name}"' in page
    sent = {
        "kind": JOBS.export_name,
        "format": "csv",
        "sort": "kind",
        "columns": ["kind", "attempts"],
    }
    browser.post("/exports/", sent)
    run = ExportRun.objects.get()
    run_job(str(run.job_id))
    run.refresh_from_db()
    data = b"".join(browser.get(run.file.get_absolute_url()).streaming_content).decode()
    assert data.splitlines()[1:4] == ["exports.write,1", "tests.00,0", "tests.01,1"]
    kind = find_export(JOBS.export_name)
    assert next(iter(kind.rows(operator.actor, {"kind": "tests.01"})))[0] == "tests.01"


def test_list_costs_the_same_for_one_and_three(operator):
    browser = operator.browser()
    counts = []
    for number in range(3):
        jobs.start_job(SYSTEM, kind=f"tests.{number}")
        browser.get("/jobs/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/jobs/")
        counts.append(len(queries))
    assert len(set(counts)) == 1
