"""A narrowed directory as a file."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.core import exports
from portal.core.jobs import run_job
from portal.core.models import ExportRun
from portal.directory import exports as tables
from portal.parties.listing import publish_standing
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db


def table(actor, kind: str, **params: str) -> list[dict[str, object]]:
    known = exports.find_export(f"directory.{kind}")
    assert known is not None
    cleaned = known.clean(params)
    header = known.header(cleaned)
    return [dict(zip(header, row, strict=True)) for row in known.rows(actor, cleaned)]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_rows_stand_in_the_order_of_the_page_without_contacts(merchant, monkeypatch):
    monkeypatch.setattr(tables, "BATCH", 2)
    parties = [factories.listed_party(PartyKind.PROVIDER, f"云帆{n}号") for n in range(5)]
    factories.listed_party(PartyKind.PROVIDER, "星河")
    for number, party in enumerate(parties):
        publish_standing(party, score=6_000 + number)
    rows = table(merchant.actor, "providers", asked="q=yunfan&service=live-room", sort="score")
    names = [str(row["Short name"]) for row in rows]
    assert names == [f"云帆{n}号" for n in (4, 3, 2, 1, 0)]
    assert rows[0]["Evaluation score"] == 60.04
    assert parties[0].contact_phone not in str(rows)
    assert parties[0].contact_name not in str(rows)


def test_creators_own_name_is_left_out(merchant):
    factories.listed_party(PartyKind.CREATOR, "小满的厨房", legal_name="林小雨")
    assert "林小雨" not in str(table(merchant.actor, "creators"))


def test_queries_grow_with_batches_and_not_with_rows(merchant):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            table(merchant.actor, "providers")
        return len(seen)

    factories.listed_party(PartyKind.PROVIDER, "一号")
    queries()
    with_one = queries()
    for number in range(2):
        factories.listed_party(PartyKind.PROVIDER, f"{number}号")
    assert queries() == with_one


def test_button_makes_a_file_of_what_is_shown(merchant, provider, rival, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    browser = merchant.browser()
    page = browser.get("/providers/?q=yunfan&sort=name").content.decode()
    assert 'name="asked" value="q=yunfan"' in page
    body = {"kind": "directory.providers", "asked": "q=yunfan", "sort": "name", "format": "csv"}
    assert browser.post("/exports/", body).status_code == 302
    run = ExportRun.objects.get()
    assert run.params == {"asked": "q=yunfan", "sort": "name"}
    run_job(str(run.job_id))
    run.refresh_from_db()
    assert (run.rows, run.problem) == (1, "")


def test_visitor_sees_no_button_and_may_not(visitor, provider):
    assert b"/exports/" not in visitor.get("/providers/").content
    body = {"kind": "directory.providers", "format": "csv"}
    assert visitor.post("/exports/", body)["Location"].startswith("/accounts/login/")
    assert not ExportRun.objects.exists()
