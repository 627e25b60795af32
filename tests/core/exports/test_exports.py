"""An export is its owner's alone, for a day, within a quota that two at once never pass."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.core import clock, outbox
from portal.core.exports import ExportKind, prune_exports, register_export, start_export
from portal.core.exports import quota as quotas
from portal.core.exports import services as exports
from portal.core.files import open_bytes
from portal.core.jobs import run_job
from portal.core.models import AuditEntry, ExportQuota, ExportRun, JobState, StoredFile
from portal.core.verdict import ALLOWED, Refused, forbidden
from tests import factories
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def may_export(actor):
    return ALLOWED if actor.party_id else forbidden("Only parties export.")


def rows(actor, params):
    for number in range(int(params.get("rows", 3))):
        yield f"=row {number}", number, actor.party.name


KIND = ExportKind(
    name="tests.rows",
    title="Rows",
    columns=["Name", "Number", "Party"],
    rows=rows,
    may=may_export,
    daily_rows=10,
    party_daily_rows=15,
)


@pytest.fixture(autouse=True)
def _kind(settings, tmp_path):
    register_export(KIND)
    settings.MEDIA_ROOT = str(tmp_path / "media")


def exported(actor, form="csv", **params) -> ExportRun:
    run = start_export(actor, kind=KIND, params=params, form=form)
    run_job(str(run.job_id))
    return ExportRun.objects.select_related("file", "job").get(pk=run.pk)


def taken() -> dict[str, int]:
    return dict(ExportQuota.objects.values_list("holder", "rows"))


def test_export_is_a_file_without_formulas(merchant):
    run = exported(merchant.actor)
    assert (run.rows, run.problem) == (3, "")
    with open_bytes(run.file) as content:
        lines = content.read().decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Name,Number,Party", f"'=row 0,0,{merchant.party.name}"]
    assert AuditEntry.objects.filter(verb="finish_export").count() == 1
    assert taken() == {f"user:{merchant.user.pk}": 3, f"party:{merchant.party.pk}": 3}


def test_file_is_its_owner_s_alone_and_each_reading_is_written_down(merchant, colleague, provider):
    run = exported(merchant.actor)
    address = run.file.get_absolute_url()
    assert merchant.browser().get(address).status_code == 200
    assert colleague.browser().get(address).status_code == 403
    assert provider.browser().get(address).status_code == 404
    assert AuditEntry.objects.filter(verb="read_file").count() == 1
    assert "Rows" not in colleague.browser().get("/exports/").content.decode()


def test_file_is_gone_after_a_day(merchant):
    run = exported(merchant.actor)
    assert prune_exports(SYSTEM) == 0
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        assert prune_exports(SYSTEM) == 1
        assert prune_exports(SYSTEM) == 0
        outbox.dispatch()
    assert merchant.browser().get(run.file.get_absolute_url()).status_code == 404
    assert "Download" not in merchant.browser().get("/exports/").content.decode()


def test_quota_of_a_person_stops_the_file_not_only_the_next_one(merchant):
    assert exported(merchant.actor, rows=8).file
    refused = exported(merchant.actor, rows=3)
    assert (refused.file, refused.rows) == (None, 0)
    assert "10" in refused.problem
    assert refused.job.state == JobState.DONE
    assert taken()[f"user:{merchant.user.pk}"] == 8
    assert StoredFile.objects.count() == 1
    assert exported(merchant.actor, rows=2).file
    with pytest.raises(Refused):
        start_export(merchant.actor, kind=KIND, params={}, form="csv")
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert exported(merchant.actor, rows=10).file


def test_quota_of_a_party_counts_its_people_together(merchant, colleague):
    assert exported(merchant.actor, rows=9).file
    assert exported(colleague.actor, rows=7).problem
    assert f"user:{colleague.user.pk}" not in taken(), "what was refused counts for nobody"
    assert exported(colleague.actor, rows=6).file


def test_more_rows_than_a_day_allows_end_early(merchant):
    run = exported(merchant.actor, rows=10_000_000)
    assert run.problem
    assert taken() == {}


def test_who_may_not_starts_nothing(stranger, merchant, monkeypatch):
    with pytest.raises(Refused) as refused:
        start_export(stranger.actor, kind=KIND, params={}, form="csv")
    assert refused.value.verdict.status == 403
    with pytest.raises(Refused):
        start_export(merchant.actor, kind=KIND, params={}, form="pdf")
    monkeypatch.setattr(exports, "MOST_UNDER_WAY", 1)
    start_export(merchant.actor, kind=KIND, params={}, form="csv")
    with pytest.raises(Refused):
        start_export(merchant.actor, kind=KIND, params={}, form="csv")
    assert ExportRun.objects.count() == 1
    broken = ExportRun.objects.get().job
    type(broken).objects.update(state="failed", finished_at=clock.now())
    assert start_export(merchant.actor, kind=KIND, params={}, form="csv"), "it waits for nobody"


def test_who_left_the_party_gets_no_file(merchant, colleague):
    run = start_export(colleague.actor, kind=KIND, params={}, form="csv")
    colleague.user.membership_set.all().delete()
    run_job(str(run.job_id))
    run.refresh_from_db()
    assert (run.file, run.problem) == (None, "Only parties export.")


def test_job_that_runs_twice_counts_once(merchant):
    run = exported(merchant.actor)
    type(run.job).objects.filter(pk=run.job_id).update(state="queued", finished_at=None)
    run_job(str(run.job_id))
    assert taken()[f"user:{merchant.user.pk}"] == 3
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"problem": "and a file"}, {"finished_at": None}, {"file": None}]
)
def test_row_that_contradicts_itself_is_refused(merchant, wrong):
    run = exported(merchant.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRun.objects.filter(pk=run.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_pass_the_quota(merchant, colleague):
    def take(person):
        with transaction.atomic():
            return quotas.take_rows(person.actor, KIND, 9) or transaction.set_rollback(True)

    answers = factories.at_once(lambda: take(merchant), lambda: take(colleague))
    assert sorted(map(bool, answers)) == [False, True]
    assert taken()[f"party:{merchant.party.pk}"] == 9


def test_page_starts_an_export_and_shows_it_live(merchant):
    browser = merchant.browser()
    sent = {"kind": "tests.rows", "format": "xlsx", "rows": "2"}
    assert browser.post("/exports/", sent)["Location"] == "/exports/"
    run = ExportRun.objects.get()
    assert (run.form, run.params) == ("xlsx", {"rows": "2"})
    headers = {"HX-Request": "true", "HX-Target": "exports"}
    part = browser.get("/exports/", headers=headers).content.decode()
    assert 'hx-trigger="every' in part
    assert "<html" not in part
    run_job(str(run.job_id))
    page = browser.get("/exports/").content.decode()
    assert 'hx-trigger="every' not in page
    assert StoredFile.objects.get().get_absolute_url() in page
    assert browser.post("/exports/", {"kind": "nobody"}).status_code == 404


def test_api_asks_waits_and_fetches(merchant, colleague):
    browser = merchant.browser()
    body = {"kind": "tests.rows", "format": "csv", "params": {"rows": 2}}
    answer = browser.post("/api/v1/exports/", body, content_type="application/json")
    assert answer.status_code == 201
    assert (answer.json()["url"], answer.json()["percent"]) == ("", 0)
    address = f"/api/v1/exports/{answer.json()['id']}/"
    run_job(str(ExportRun.objects.get().job_id))
    found = browser.get(address).json()
    assert (found["rows"], found["percent"]) == (2, 100)
    assert browser.get(found["url"]).status_code == 200
    assert colleague.browser().get(address).status_code == 404
    assert browser.get("/api/v1/exports/?cursor=x").status_code == 404
    wrong = browser.post("/api/v1/exports/", body | {"kind": "x"}, content_type="application/json")
    assert wrong.status_code == 422
