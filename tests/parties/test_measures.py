"""Suspensions and their end; appeals against decisions, and who judges them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation

from portal.core import clock
from portal.core.files import store_file
from portal.core.models import AuditEntry, StoredFile
from portal.core.verdict import Refused
from portal.core.workdays import add_working_days, working_days_between
from portal.notices.models import Notice
from portal.parties import services
from portal.parties.models import (
    AppealDecision,
    Document,
    Listing,
    Party,
    PartyAppeal,
    ReviewAnswer,
    Suspension,
)
from portal.parties.states import PartyKind, PartyStatus
from portal.parties.tasks import lift_due_suspensions
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Rows of other tests are rolled back, their bytes are not."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def second():
    """Another who judges appeals."""
    return staff_person("regional operator")


def refused(status, service, *args, **kwargs):
    """The service refuses with this status, and nothing at all is written."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status, caught.value.verdict.reason
    assert snapshot() == before


def snapshot():
    models = (Party, Suspension, PartyAppeal, AppealDecision, Document)
    return (
        [list(model.objects.order_by("pk").values()) for model in models],
        StoredFile.objects.count(),
        AuditEntry.objects.count(),
        Notice.objects.count(),
    )


def suspend(person, party, **changes):
    return services.suspend_party(person.actor, party=party, **({"reason": "多次投诉"} | changes))


def appeal(person, subject, **changes):
    return services.file_appeal(
        person.actor, party=person.party, subject=subject, **({"text": "与事实不符。"} | changes)
    )


def judge(person, filed, outcome="reversed", reason="材料清楚"):
    return services.judge_appeal(person.actor, appeal=filed, outcome=outcome, reason=reason)


def returned(person, reviewer, code="trademark"):
    document = factories.document(person.party, code, actor=person.actor)
    return services.return_document(reviewer.actor, document=document, reason="看不清")


def refusal(reviewer):
    shop = person_of(factories.submitted_party(PartyKind.MERCHANT, "沐白食品"))
    services.refuse_party(reviewer.actor, party=shop.party, reason="执照是伪造的")
    shop.party.refresh_from_db()
    return shop, ReviewAnswer.objects.get(party=shop.party)


def status_of(party):
    return Party.objects.get(pk=party.pk).status


# --- suspending -----------------------------------------------------------------------------------


def test_suspended_party_leaves_the_directory_and_is_told(merchant, operator):
    suspension = suspend(operator, merchant.party)
    assert status_of(merchant.party) == PartyStatus.SUSPENDED
    assert not Listing.objects.filter(party=merchant.party).exists()
    assert (suspension.was, suspension.by, suspension.until) == ("listed", operator.user, None)
    notice = Notice.objects.get(event="party.suspended")
    assert notice.user == merchant.user
    assert "多次投诉" in notice.text
    services.lift_suspension(operator.actor, party=merchant.party, reason="查清了")
    assert status_of(merchant.party) == PartyStatus.LISTED
    assert Party.objects.get(pk=merchant.party.pk).status_note == ""
    assert Listing.objects.filter(party=merchant.party).exists()
    assert Notice.objects.filter(event="party.unsuspended").count() == 1
    verbs = AuditEntry.objects.filter(object_id=str(merchant.party.pk))
    assert verbs.filter(verb="suspend_party", why="多次投诉", user=operator.user).exists()
    assert verbs.filter(verb="lift_suspension", why="查清了").exists()


def test_hidden_party_is_hidden_again_afterwards(provider, operator):
    services.hide_party(provider.actor, party=provider.party)
    suspend(operator, provider.party)
    services.lift_suspension(operator.actor, party=provider.party, reason="查清了")
    assert status_of(provider.party) == PartyStatus.HIDDEN
    assert not Listing.objects.filter(party=provider.party).exists()


def test_who_may_not_suspend(merchant, reviewer, stranger, operator):
    far = staff_person("risk", regions=["southwest"])
    for person in (merchant, reviewer, stranger, far):
        refused(403, suspend, person, merchant.party)
    draft = factories.draft_party(PartyKind.MERCHANT, "沐白食品")
    refused(409, suspend, operator, draft)
    refused(422, suspend, operator, merchant.party, reason=" ")
    refused(422, suspend, operator, merchant.party, reason="x" * 601)
    refused(422, suspend, operator, merchant.party, until=clock.now() - timedelta(seconds=1))
    lift = {"party": merchant.party, "reason": "x"}
    refused(409, services.lift_suspension, operator.actor, **lift)
    suspend(operator, merchant.party)
    refused(409, suspend, operator, merchant.party)
    refused(403, services.lift_suspension, merchant.actor, **lift)
    refused(422, services.lift_suspension, operator.actor, **(lift | {"reason": ""}))


def test_suspension_ends_by_itself_once(merchant, operator):
    suspend(operator, merchant.party, until=clock.now() + timedelta(days=2))
    assert lift_due_suspensions() == 0
    with clock.standing_at(clock.now() + timedelta(days=3)):
        assert lift_due_suspensions() == 1
        assert lift_due_suspensions() == 0
    assert status_of(merchant.party) == PartyStatus.LISTED
    suspension = Suspension.objects.get()
    assert (suspension.lifted_by, suspension.lifted_why) == (None, "its time is over")


def test_database_keeps_one_open_suspension_with_its_reason(merchant, operator):
    suspension = suspend(operator, merchant.party)
    row = {"party": merchant.party, "at": clock.now(), "was": "listed"}
    for wrong in ({"reason": "x"}, {"reason": "", "lifted_at": clock.now(), "lifted_why": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suspension.objects.create(**row, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.filter(pk=suspension.pk).update(lifted_at=clock.now())


# --- filing ---------------------------------------------------------------------------------------


def test_appeal_is_filed_with_evidence_and_a_last_day(merchant, reviewer):
    document = returned(merchant, reviewer)
    filed = appeal(merchant, document, evidence=[factories.picture(), factories.picture()])
    assert working_days_between(clock.today(), filed.due_on) == 15
    assert filed.due_on == add_working_days(clock.today(), 15)
    assert (filed.first_reviewer, filed.first_reason) == (reviewer.user, "看不清")
    assert {file.party_id for file in filed.evidence.all()} == {merchant.party.pk}
    assert all(file.attached_at for file in filed.evidence.all())
    assert Notice.objects.filter(event="party_appeal.filed", user=merchant.user).count() == 1
    refused(409, appeal, merchant, document)
    services.withdraw_appeal(merchant.actor, appeal=filed)
    refused(409, services.withdraw_appeal, merchant.actor, appeal=filed)
    appeal(merchant, document)


def test_evidence_may_be_uploaded_before(merchant, reviewer, rival):
    document = returned(merchant, reviewer)
    upload, theirs = (
        store_file(person.actor, upload=factories.picture(), purpose="appeal-evidence")
        for person in (merchant, rival)
    )
    refused(422, appeal, merchant, document, evidence=[theirs.pk])
    filed = appeal(merchant, document, evidence=[upload.pk])
    assert filed.evidence.get().party_id == merchant.party.pk


def test_who_may_not_appeal(merchant, colleague, rival, reviewer, operator):
    document = returned(merchant, reviewer)
    for person in (colleague, rival, operator):
        refused(
            403,
            services.file_appeal,
            person.actor,
            party=merchant.party,
            subject=document,
            text="x",
        )
    refused(403, appeal, rival, document)
    refused(422, appeal, merchant, document, text="  ")
    refused(422, appeal, merchant, document, text="x" * 2001)
    refused(422, appeal, merchant, document, evidence=[factories.picture()] * 4)
    factories.document(merchant.party, "trademark", actor=merchant.actor)  # the return is past
    refused(409, appeal, merchant, document)
    suspension = suspend(operator, merchant.party)
    services.lift_suspension(operator.actor, party=merchant.party, reason="x")
    refused(409, appeal, merchant, suspension)
    shop, answer = refusal(reviewer)
    services.restart_party(shop.actor, party=shop.party)
    refused(409, appeal, shop, answer)


# --- judging --------------------------------------------------------------------------------------


def test_refusal_reversed_is_under_review_again(reviewer, second):
    shop, answer = refusal(reviewer)
    filed = appeal(shop, answer)
    assert judge(second, filed).effect == "reopened"
    party = Party.objects.get(pk=shop.party.pk)
    assert (party.status, party.status_note) == (PartyStatus.SUBMITTED, "")
    assert Notice.objects.get(event="party_appeal.decided").user == shop.user
    services.approve_party(reviewer.actor, party=party)


def test_suspension_reversed_is_lifted(merchant, operator, second):
    filed = appeal(merchant, suspend(operator, merchant.party))
    assert judge(second, filed).effect == "lifted"
    assert status_of(merchant.party) == PartyStatus.LISTED
    assert Suspension.objects.get().lifted_by == second.user


def test_document_reversed_counts_as_uploaded_and_may_be_returned_again(merchant, reviewer, second):
    document = returned(merchant, reviewer)
    assert judge(second, appeal(merchant, document)).effect == "uploaded"
    document.refresh_from_db()
    assert (document.status, document.reason, document.decided_by) == ("uploaded", "", None)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        services.return_document(reviewer.actor, document=document, reason="还是看不清")
        document.refresh_from_db()
        again = appeal(merchant, document)
    assert again.first_reason == "还是看不清"
    assert PartyAppeal.objects.filter(document=document).count() == 2


def test_decision_upheld_stands(merchant, operator, second):
    filed = appeal(merchant, suspend(operator, merchant.party))
    decision = judge(second, filed, "upheld")
    assert (decision.effect, decision.by, decision.first_by) == (
        "none",
        second.user,
        operator.user,
    )
    filed.refresh_from_db()
    assert filed.status == "upheld"
    assert status_of(merchant.party) == PartyStatus.SUSPENDED
    refused(409, judge, second, filed)
    refused(409, services.withdraw_appeal, merchant.actor, appeal=filed)
    refused(409, appeal, merchant, Suspension.objects.get())


def test_appeal_about_what_is_past_undoes_nothing(reviewer, second):
    shop, answer = refusal(reviewer)
    filed = appeal(shop, answer)
    services.restart_party(shop.actor, party=shop.party)
    assert judge(second, filed).effect == "none"
    assert status_of(shop.party) == PartyStatus.DRAFT


def test_who_may_not_judge(merchant, operator, second):
    filed = appeal(merchant, suspend(operator, merchant.party))
    far = staff_person("reviewer", regions=["southwest"])
    for person in (merchant, operator, far, staff_person("risk"), staff_person("auditor")):
        refused(403, judge, person, filed)
    refused(403, services.judge_appeal, SYSTEM, appeal=filed, outcome="upheld", reason="x")
    refused(422, judge, second, filed, reason=" ")


def test_database_wants_a_second_person_and_keeps_the_answer(merchant, operator, second):
    filed = appeal(merchant, suspend(operator, merchant.party))
    row = {
        "appeal": filed,
        "outcome": "upheld",
        "effect": "none",
        "reason": "x",
        "by": second.user,
        "first_by": operator.user,
        "at": clock.now(),
    }
    for wrong in ({"by": operator.user}, {"reason": ""}, {"effect": "lifted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppealDecision.objects.create(**(row | wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        PartyAppeal.objects.filter(pk=filed.pk).update(status="upheld")
    with pytest.raises(IntegrityError), transaction.atomic():
        PartyAppeal.objects.filter(pk=filed.pk).update(suspension=None)
    decision = AppealDecision.objects.create(**row)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('trilink_app', 'parties_appealdecision', 'UPDATE')"
        )
        assert cursor.fetchone() == (False,)
    assert str(decision)


@pytest.mark.django_db(transaction=True)
def test_two_judge_at_the_same_moment():
    merchant = person_of(factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品"))
    one, other = staff_person("reviewer"), staff_person("regional operator")
    filed = appeal(merchant, services.suspend_party(SYSTEM, party=merchant.party, reason="投诉"))
    answers = factories.at_once(
        lambda: judge(one, filed, "upheld"),
        lambda: judge(other, filed, "reversed"),
        behind=Party.objects.filter(pk=merchant.party.pk),
    )
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.verdict.status for refusal in refusals] == [409]
    filed.refresh_from_db()
    assert AppealDecision.objects.get().outcome == filed.status


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_party_appeals_on_its_pages_and_reads_the_answer(
    merchant, operator, second, colleague, language
):
    suspend(operator, merchant.party, until=clock.now() + timedelta(days=9))
    browser = merchant.browser()
    browser.cookies["django_language"] = language
    page = browser.get(merchant.party.get_absolute_url()).content.decode()
    suspension = Suspension.objects.get()
    address = reverse("party_appeal_create", args=[merchant.party.pk, "suspension", suspension.pk])
    assert address in page
    assert "多次投诉" in page
    assert "多次投诉" in browser.get(address).content.decode()
    answer = browser.post(address, {"text": ""})
    assert answer.status_code == 200
    answer = browser.post(address, {"text": "与事实不符。", "evidence_1": factories.picture()})
    filed = PartyAppeal.objects.get()
    assert answer.headers["Location"] == filed.get_absolute_url()
    assert browser.post(address, {"text": "再来"}).status_code == 409
    page = browser.get(filed.get_absolute_url()).content.decode()
    assert "与事实不符。" in page
    assert filed.evidence.get().get_absolute_url() in page
    judge(second, filed, reason="投诉不实")
    page = browser.get(filed.get_absolute_url()).content.decode()
    assert "投诉不实" in page
    assert second.user.name not in page, "who judged is not named"
    page = browser.get(merchant.party.get_absolute_url()).content.decode()
    assert filed.get_absolute_url() in page
    assert address not in page
    page = colleague.browser().get(merchant.party.get_absolute_url()).content.decode()
    assert filed.get_absolute_url() not in page


def test_returned_document_leads_to_its_appeal(merchant, reviewer):
    document = returned(merchant, reviewer)
    browser = merchant.browser()
    address = reverse("party_appeal_create", args=[merchant.party.pk, "document", document.pk])
    assert address in browser.get(document.get_absolute_url()).content.decode()
    filed = appeal(merchant, document)
    assert address not in browser.get(document.get_absolute_url()).content.decode()
    browser.post(reverse("party_appeal_withdrawal", args=[filed.pk]))
    filed.refresh_from_db()
    assert filed.status == "withdrawn"


def test_decisions_of_others_cannot_be_named(merchant, rival, reviewer):
    document = returned(rival, reviewer)
    browser = merchant.browser()
    for about, key in (
        ("document", document.pk),
        ("document", "x"),
        ("suspension", "9" * 30),
        ("refusal", "1"),
        ("other", "1"),
    ):
        path = reverse("party_appeal_create", args=[merchant.party.pk, about, key])
        assert browser.get(path).status_code == 404


def test_who_may_read_the_evidence(merchant, rival, reviewer, colleague):
    filed = appeal(merchant, returned(merchant, reviewer), evidence=[factories.picture()])
    address = filed.evidence.get().get_absolute_url()
    people = {
        "owner": merchant,
        "reviewer": reviewer,
        "rival": rival,
        "fair": staff_person("fair"),
        "colleague": colleague,
    }
    answers = {name: p.browser().get(address).status_code for name, p in people.items()}
    assert answers == {
        "owner": 200,
        "reviewer": 200,
        "rival": 404,
        "fair": 404,
        "colleague": 403,
    }


# --- operators ------------------------------------------------------------------------------------


def test_operator_suspends_and_lifts_in_admin(merchant, operator, reviewer):
    browser = operator.browser()
    address = reverse("admin:parties_suspension_of", args=[merchant.party.pk])
    change = reverse("admin:parties_party_change", args=[merchant.party.pk])
    assert address in browser.get(change).content.decode()
    assert address not in reviewer.browser().get(change).content.decode()
    yesterday = clock.today() - timedelta(days=1)
    answer = browser.post(address, {"reason": "投诉", "last_day": yesterday.isoformat()})
    assert answer.status_code == 200
    answer = browser.post(address, {"reason": "投诉", "last_day": clock.today().isoformat()})
    assert answer.status_code == 302
    until = Suspension.objects.get().until
    assert until.astimezone(clock.SHANGHAI).date() == clock.today()
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"reason": "查清了"}).status_code == 302
    assert status_of(merchant.party) == PartyStatus.LISTED


def test_queue_shows_how_many_and_the_nearest_last_day(merchant, rival, reviewer, second):
    with clock.standing_at(clock.now() - timedelta(days=30)):
        late = appeal(merchant, returned(merchant, reviewer))
    appeal(rival, returned(rival, reviewer))
    browser = second.browser()
    with translation.override("en"):
        page = browser.get(reverse("admin:index"))
    (queue,) = [q for q in page.context["queues"] if "partyappeal" in q.url]
    assert (queue.count, queue.oldest, queue.due) == (2, late.filed_at, late.due_on)
    assert browser.get(queue.url).status_code == 200
    far = staff_person("operator", regions=["southwest"])
    page = far.browser().get(reverse("admin:index"))
    (queue,) = [q for q in page.context["queues"] if "partyappeal" in q.url]
    assert (queue.count, queue.due) == (0, None)


def test_second_person_judges_in_admin(merchant, reviewer, second):
    filed = appeal(merchant, returned(merchant, reviewer), evidence=[factories.picture()])
    address = reverse("admin:parties_partyappeal_judge", args=[filed.pk])
    page = reviewer.browser().get(address).content.decode()
    assert '<form class="answer"' not in page, "who decided first reads, and does not answer"
    body = {"outcome": "reversed", "reason": "看得清"}
    assert reviewer.browser().post(address, body).status_code == 200
    assert not AppealDecision.objects.exists()
    page = second.browser().get(address).content.decode()
    assert filed.evidence.get().get_absolute_url() in page
    assert second.browser().post(address, body).status_code == 302
    assert Document.objects.get(pk=filed.document_id).status == "uploaded"
    assert second.browser().get(address).status_code == 200


# --- API ------------------------------------------------------------------------------------------


def test_appeals_over_the_api(merchant, reviewer, operator, second, django_assert_max_num_queries):
    browser, address = merchant.browser(), reverse("api-party-appeals", args=[merchant.party.pk])

    def send(**body):
        return browser.post(address, {"text": "看得清。"} | body, content_type="application/json")

    document = returned(merchant, reviewer)
    assert send(about="document").status_code == 400
    assert send(about="suspension").status_code == 409
    assert send(about="document", document="0" * 32).status_code == 404
    upload = store_file(merchant.actor, upload=factories.picture(), purpose="appeal-evidence")
    answer = send(about="document", document=str(document.pk), evidence=[str(upload.pk)])
    assert answer.status_code == 201
    filed = answer.json()
    assert (filed["about"], filed["status"], filed["decision"]) == ("document", "filed", None)
    assert filed["evidence"] == [str(upload.pk)]
    suspend(operator, merchant.party)
    assert send(about="suspension").status_code == 201
    judge(second, PartyAppeal.objects.get(pk=filed["id"]), reason="看得清")
    with django_assert_max_num_queries(20):
        rows = browser.get(address).json()
    decision = next(row for row in rows if row["id"] == filed["id"])["decision"]
    assert {name: decision[name] for name in ("outcome", "effect", "reason")} == {
        "outcome": "reversed",
        "effect": "uploaded",
        "reason": "看得清",
    }
    assert "by" not in decision
    back = reverse("api-appeal-withdrawal", args=[filed["id"]])
    assert browser.post(back, content_type="application/json").status_code == 409
