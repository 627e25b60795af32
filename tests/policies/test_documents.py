"""Documents: published once, announced ahead, never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from portal.core import clock, jobs
from portal.core.models import AuditEntry, Job
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.policies import selectors, services
from portal.policies.fields import DraftFields
from portal.policies.models import Draft, Version
from portal.policies.reference import load_documents
from portal.policies.states import DocumentKind
from tests import factories
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
NEXT = DraftFields(
    "第一条。\n第二条改了。", "First.\nSecond, changed.", "改了第二条", "Second changed"
)


def announce(kind=DocumentKind.TERMS, *, days=8, actor=SYSTEM, fields=NEXT):
    services.save_draft(actor, kind=kind, fields=fields)
    begins = clock.now() + timedelta(days=days)
    return services.publish_version(actor, kind=kind, effective_from=begins)


def test_every_document_has_a_first_version_in_both_languages():
    found = selectors.documents_in_force()
    assert list(found) == DocumentKind.values
    assert all(v.text_zh.strip() and v.text_en.strip() for v in found.values())
    assert load_documents(SYSTEM) == 0


def test_change_is_announced_and_begins_later(operator):
    version = announce(actor=operator.actor)
    assert (version.number, version.published_by) == (2, operator.user)
    assert selectors.documents_in_force()["terms"].number == 1
    with clock.standing_at(version.effective_from):
        assert selectors.documents_in_force()["terms"].number == 2
    assert not Draft.objects.exists()
    entry = AuditEntry.objects.filter(verb="publish_document").latest("pk")
    assert (entry.user, entry.after["number"]) == (operator.user, 2)


@pytest.mark.parametrize("days", [-1, 0, 6])
def test_change_within_a_week_is_refused(operator, days):
    with pytest.raises(Refused) as refused:
        announce(actor=operator.actor, days=days)
    assert refused.value.verdict.status == 422
    assert Version.objects.filter(kind="terms").count() == 1


def test_change_before_an_announced_one_is_refused():
    announce(days=30)
    with pytest.raises(Refused) as refused:
        announce(days=10)
    assert refused.value.verdict.status == 409


def test_change_that_says_nothing_new_is_refused():
    with pytest.raises(Refused):
        announce(fields=DraftFields("一", "one"))
    assert Version.objects.filter(kind="terms").count() == 1


def test_publishing_without_a_draft_is_refused():
    later = clock.now() + 2 * WEEK
    with pytest.raises(Refused):
        services.publish_version(SYSTEM, kind=DocumentKind.TERMS, effective_from=later)


def test_only_operators_write_documents(merchant, reviewer):
    for person in (merchant, reviewer):
        with pytest.raises(Refused) as refused:
            announce(actor=person.actor)
        assert refused.value.verdict.status == 403
    assert not Draft.objects.exists()


def test_database_keeps_the_week_and_the_words():
    last = Version.objects.get(kind="terms")
    now = clock.now()
    for changes, begins in (("x", now + timedelta(days=6)), ("", now + 2 * WEEK)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.create(
                kind="terms",
                number=2,
                text_zh=last.text_zh,
                text_en=last.text_en,
                changes_zh=changes,
                changes_en=changes,
                announced_at=now,
                effective_from=begins,
            )


def test_published_version_cannot_be_changed_or_deleted():
    rows = Version.objects.filter(kind="terms")
    for change in (lambda: rows.update(text_zh="x"), lambda: rows._raw_delete("default")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_those_who_agreed_are_told_once(merchant, provider):
    version = announce()
    job = Job.objects.get(kind=services.ANNOUNCE)
    jobs.run_job(str(job.pk))
    told = Notice.objects.filter(event="policies.announced")
    assert {n.user_id for n in told} == {merchant.user.pk, provider.user.pk}
    assert f"/terms/terms/{version.number}/" == told[0].url
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 2)


def test_pages_show_versions_and_differences(client, merchant):
    announce()
    page = client.get("/terms/terms/").content.decode()
    assert "/terms/terms/2/changes/" in page
    changes = client.get("/terms/terms/2/changes/").content.decode()
    assert "<del>" in changes
    assert "<ins>" in changes
    assert client.get("/terms/terms/2/").status_code == 200
    assert client.get("/terms/nothing/").status_code == 404
    assert client.get("/terms/terms/9/").status_code == 404


def test_text_is_shown_as_text_only(client):
    services.save_draft(
        SYSTEM,
        kind=DocumentKind.TERMS,
        fields=DraftFields("<script>x</script>", "x", "<b>新</b>", "new"),
    )
    services.publish_version(SYSTEM, kind=DocumentKind.TERMS, effective_from=clock.now() + 2 * WEEK)
    for path in ("/terms/terms/2/", "/terms/terms/2/changes/"):
        page = client.get(path).content.decode()
        assert "<script>x" not in page
        assert "<b>新" not in page


def test_operator_writes_and_publishes_in_admin(operator):
    client = operator.browser()
    path = "/admin/policies/version/terms/draft/"
    texts = {"text_zh": "一", "text_en": "one", "changes_zh": "新", "changes_en": "new"}
    assert client.get(path).status_code == 200
    assert client.post(path, texts).status_code == 302
    assert Draft.objects.get().text_zh == "一"
    again = client.post(path, texts | {"publish": "1"})  # without its day
    assert again.status_code == 200
    day = f"{clock.today() + timedelta(days=10)}"
    assert client.post(path, texts | {"publish": "1", "effective_on": day}).status_code == 302
    version = Version.objects.get(kind="terms", number=2)
    assert version.effective_from.astimezone(clock.SHANGHAI).strftime("%F %H:%M") == f"{day} 00:00"


def test_two_operators_publish_one_draft_once(transactional_db):
    factories.user("a@example.com")
    services.save_draft(SYSTEM, kind=DocumentKind.TERMS, fields=NEXT)
    begins = clock.now() + 2 * WEEK

    def publish():
        return services.publish_version(SYSTEM, kind=DocumentKind.TERMS, effective_from=begins)

    answers = factories.at_once(publish, publish, behind=Draft.objects.all())
    assert sorted(type(a).__name__ for a in answers) == ["Refused", "Version"]
