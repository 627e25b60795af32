"""What a party must show: handing in, replacing, answering, and last days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation

from portal.core import clock
from portal.core.models import AuditEntry, StoredFile
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import rules, services
from portal.parties.fields import DocumentFields
from portal.parties.models import (
    Category,
    Document,
    DocumentKind,
    DocumentRule,
    ExpiryReminder,
    Listing,
    Party,
    PermitRule,
    ReviewAnswer,
)
from portal.parties.search import Facet, facet_token
from portal.parties.states import PartyKind, PartyStatus
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Rows of other tests are rolled back, their bytes are not."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def shop():
    """The owner of a merchant in food, a draft without any document."""
    return person_of(factories.draft_party(PartyKind.MERCHANT, "沐白食品", has_papers=False))


def refused(status, service, *args, **kwargs):
    """The service refuses with this status, and nothing at all is written."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert snapshot() == before
    return str(caught.value.verdict.reason)


def snapshot():
    return (
        list(Document.objects.order_by("pk").values()),
        list(Party.objects.order_by("pk").values()),
        StoredFile.objects.count(),
        AuditEntry.objects.count(),
        Notice.objects.count(),
        ReviewAnswer.objects.count(),
    )


def states(party):
    return {item.kind.code: item.state for item in rules.checklist(party)}


def missing(party):
    return [{item.kind.code for item in group} for group in rules.missing(rules.checklist(party))]


def hand_in_all(shop, *codes):
    for code in codes or ("licence", "trademark", "legal-rep-id", "food-licence"):
        factories.document(shop.party, code, actor=shop.actor)


def waiting(shop):
    hand_in_all(shop)
    return services.submit_party(shop.actor, party=shop.party)


def category(code):
    return Category.objects.get(code=code)


# --- what is asked for ----------------------------------------------------------------------------


def test_each_kind_of_party_is_asked_for_its_own(shop):
    assert missing(shop.party) == [
        {"licence"},
        {"trademark", "brand-authorisation"},
        {"legal-rep-id", "agent-letter"},
        {"food-licence"},
    ]
    wanted = {"provider": "licence", "agency": "mcn-qualification", "creator": "real-name-id"}
    for kind, code in wanted.items():
        party = factories.draft_party(PartyKind(kind), f"a {kind}", has_papers=False)
        assert {code} in missing(party)
        assert {"food-licence"} not in missing(party), "goods are the merchant's"


def test_application_without_its_documents_is_not_handed_in(shop):
    with translation.override("en"):
        said = refused(422, services.submit_party, shop.actor, party=shop.party)
    assert said == (
        "Documents still missing: Business licence; Trademark certificate or Brand authorisation; "
        "Legal representative's ID or Authorised agent's letter; Food business licence."
    )
    hand_in_all(shop)
    assert missing(shop.party) == []
    party = services.submit_party(shop.actor, party=shop.party)
    assert party.status == PartyStatus.SUBMITTED


def test_rule_counts_from_its_day(shop):
    hand_in_all(shop)
    provider = DocumentKind.objects.get(code="provider-qualification")
    rule = {"party_kind": "merchant", "document": provider, "level": "required"}
    today = clock.today()
    DocumentRule.objects.create(**rule, starts_on=today + timedelta(days=1))
    assert missing(shop.party) == []
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert missing(shop.party) == [{"provider-qualification"}]
    food = PermitRule.objects.get(category=category("food"))
    PermitRule.objects.create(
        party_kind="merchant",
        category=food.category,
        document=food.document,
        level="off",
        starts_on=today,
    )
    Document.objects.filter(kind__code="food-licence").delete()
    assert missing(shop.party) == []


# --- handing in -----------------------------------------------------------------------------------


def test_document_replaced_is_kept_as_history(shop):
    first = factories.document(shop.party, actor=shop.actor)
    second = factories.document(shop.party, actor=shop.actor)
    first.refresh_from_db()
    assert (first.status, second.status) == ("replaced", "uploaded")
    assert states(shop.party)["licence"] == "uploaded"
    assert first.file.deleted_at is None


def test_who_may_not_hand_in(shop, merchant, colleague, stranger, operator):
    licence = DocumentKind.objects.get(code="licence")

    def hand_in(person, party):
        return {
            "actor": person.actor,
            "party": party,
            "kind": licence,
            "source": factories.picture(),
            "fields": DocumentFields(),
        }

    def service(actor, **rest):
        services.hand_in_document(actor, **rest)

    for person in (merchant, stranger, operator):
        refused(403, service, **hand_in(person, shop.party))
    refused(403, service, **hand_in(colleague, merchant.party))
    under_review = waiting(shop)
    refused(409, service, **hand_in(shop, under_review))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("trademark", {"expires_on": None}),
        ("licence", {"expires_on": clock.today() - timedelta(days=2)}),
        ("food-licence", {"number": " "}),
        ("licence", {"number": "a\nb"}),
        ("brand-authorisation", {}),
    ],
)
def test_document_that_says_too_little_is_refused(shop, code, changes):
    refused(422, factories.document, shop.party, code, actor=shop.actor, **changes)


def test_file_that_is_none_is_refused(shop):
    licence = DocumentKind.objects.get(code="licence")
    for data in (b"", b"<svg onload=alert(1)>", b"%PDF-1.4 /JavaScript %%EOF"):
        refused(
            422,
            services.hand_in_document,
            shop.actor,
            party=shop.party,
            kind=licence,
            source=SimpleUploadedFile("licence.png", data),
            fields=DocumentFields(),
        )


def test_chain_must_lead_from_its_owner_to_the_party(shop):
    legal = shop.party.legal_name

    def link(by, to, number=None):
        return factories.document(
            shop.party,
            "brand-authorisation",
            actor=shop.actor,
            granted_by=by,
            granted_to=to,
            link=number,
        )

    hand_in_all(shop, "licence", "legal-rep-id", "food-licence")
    link("Nordic AB", "上海总代有限公司")
    assert missing(shop.party) == [{"trademark", "brand-authorisation"}], "it does not end here"
    second = link("北京某公司", legal)
    assert missing(shop.party) != [], "nor does it join"
    refused(422, link, "a", "b", 9)
    link("上海总代 有限公司", legal, second.link)
    assert missing(shop.party) == []
    item = next(i for i in rules.checklist(shop.party) if i.kind.is_chain)
    assert [(d.link, d.granted_by) for d in item.documents] == [
        (1, "Nordic AB"),
        (2, "上海总代 有限公司"),
    ]


def test_document_is_taken_back_until_it_is_accepted(shop, reviewer):
    document = factories.document(shop.party, actor=shop.actor)
    services.withdraw_document(shop.actor, document=document)
    assert states(shop.party)["licence"] == "missing"
    party = waiting(shop)
    document = Document.objects.get(party=party, kind__code="licence", status="uploaded")
    refused(409, services.withdraw_document, shop.actor, document=document)
    services.approve_party(reviewer.actor, party=party)
    refused(409, services.withdraw_document, shop.actor, document=document)


# --- answering ------------------------------------------------------------------------------------


def test_approving_accepts_what_was_handed_in(shop, reviewer):
    party = services.approve_party(reviewer.actor, party=waiting(shop))
    assert set(Document.objects.values_list("status", flat=True)) == {"accepted"}
    assert set(Document.objects.values_list("decided_by", flat=True)) == {reviewer.user.pk}
    answer = ReviewAnswer.objects.get(party=party)
    assert (answer.outcome, answer.by) == ("approved", reviewer.user)


def test_document_returned_keeps_the_application_from_approval(shop, reviewer):
    party = waiting(shop)
    licence = Document.objects.get(kind__code="licence")
    refused(422, services.return_document, reviewer.actor, document=licence, reason=" ")
    services.return_document(reviewer.actor, document=licence, reason="看不清")
    assert states(party)["licence"] == "returned"
    refused(422, services.approve_party, reviewer.actor, party=party)
    services.return_party(reviewer.actor, party=party, note="执照看不清", wanted=["执照正本", " "])
    assert ReviewAnswer.objects.get().wanted == ["执照正本"]
    refused(422, services.submit_party, shop.actor, party=shop.party)
    factories.document(shop.party, actor=shop.actor)
    party = services.submit_party(shop.actor, party=shop.party)
    services.approve_party(reviewer.actor, party=party)


def test_accepted_document_counts_until_its_successor_does(shop, reviewer):
    party = services.approve_party(reviewer.actor, party=waiting(shop))
    old = Document.objects.get(kind__code="food-licence")
    new = factories.document(party, "food-licence", actor=shop.actor)
    old.refresh_from_db()
    assert old.status == "accepted"
    assert rules.has_permit(party, category("food"))
    refused(403, services.accept_document, shop.actor, document=new)
    services.accept_document(reviewer.actor, document=new)
    old.refresh_from_db()
    assert old.status == "replaced"
    refused(409, services.accept_document, reviewer.actor, document=new)


def test_who_may_not_answer_a_document(shop, merchant, operator):
    party = waiting(shop)
    document = Document.objects.filter(party=party).first()
    far = staff_person("regional operator", regions=["southwest"])
    for person in (shop, merchant, staff_person("auditor"), far):
        refused(403, services.accept_document, person.actor, document=document)
        refused(403, services.return_document, person.actor, document=document, reason="x")
    services.recall_party(shop.actor, party=party)
    refused(409, services.accept_document, operator.actor, document=document)


# --- refusing and taking back ---------------------------------------------------------------------


def test_application_refused_says_why_and_begins_anew(shop, reviewer):
    party = waiting(shop)
    refused(422, services.refuse_party, reviewer.actor, party=party, reason="")
    refused(403, services.refuse_party, shop.actor, party=party, reason="x")
    party = services.refuse_party(reviewer.actor, party=party, reason="执照是伪造的")
    assert (party.status, party.status_note) == (PartyStatus.REFUSED, "执照是伪造的")
    assert Notice.objects.get(event="party.refused").user == shop.user
    refused(409, services.submit_party, shop.actor, party=party)
    refused(409, services.approve_party, reviewer.actor, party=party)
    refused(409, factories.document, party, actor=shop.actor)
    party = services.restart_party(shop.actor, party=party)
    assert (party.status, party.status_note) == (PartyStatus.DRAFT, "")
    services.submit_party(shop.actor, party=party)


def test_application_is_taken_back_while_nobody_answered(shop, reviewer, stranger):
    refused(409, services.recall_party, shop.actor, party=shop.party)
    party = waiting(shop)
    refused(403, services.recall_party, stranger.actor, party=party)
    party = services.recall_party(shop.actor, party=party)
    assert party.status == PartyStatus.DRAFT
    refused(409, services.approve_party, reviewer.actor, party=party)
    services.submit_party(shop.actor, party=party)


@pytest.mark.django_db(transaction=True)
def test_recall_and_approval_at_the_same_moment():
    shop = person_of(factories.draft_party(PartyKind.MERCHANT, "沐白食品"))
    party = services.submit_party(shop.actor, party=shop.party)
    answers = factories.at_once(
        lambda: services.recall_party(shop.actor, party=party),
        lambda: services.approve_party(SYSTEM, party=party),
        behind=Party.objects.filter(pk=party.pk),
    )
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.verdict.status for refusal in refusals] == [409]
    assert Party.objects.get(pk=party.pk).status in {"draft", "listed"}


# --- files ----------------------------------------------------------------------------------------


def test_who_may_read_the_file_of_a_document(shop, reviewer, stranger, merchant):
    document = factories.document(shop.party, "legal-rep-id", actor=shop.actor)
    address = document.file.get_absolute_url()
    answers = {
        "owner": shop.browser().get(address).status_code,
        "reviewer": reviewer.browser().get(address).status_code,
        "stranger": stranger.browser().get(address).status_code,
        "other party": merchant.browser().get(address).status_code,
        "fair": staff_person("fair").browser().get(address).status_code,
    }
    assert answers == {
        "owner": 200,
        "reviewer": 200,
        "stranger": 404,
        "other party": 404,
        "fair": 404,
    }
    assert AuditEntry.objects.filter(verb="read_file").count() == 2, "it shows a person"


# --- permits and their last days ------------------------------------------------------------------


def facets(party):
    return set(Listing.objects.get(party=party).facets)


def food_facet():
    return facet_token("merchant", Facet.CATEGORY, category("food").pk)


def permit_of(party, days):
    """An accepted food licence, the only one, that ends in `days`."""
    Document.objects.filter(party=party, kind__code="food-licence").delete()
    document = factories.document(
        party, "food-licence", expires_on=clock.today() + timedelta(days=days)
    )
    services.accept_document(SYSTEM, document=document)
    return document


def test_expired_permit_takes_its_category_out_of_the_directory(merchant):
    permit_of(merchant.party, days=3)
    assert food_facet() in facets(merchant.party)
    assert services.expire_documents(SYSTEM) == 0
    with clock.standing_at(clock.now() + timedelta(days=4)):
        assert not rules.has_permit(merchant.party, category("food"))
        assert services.expire_documents(SYSTEM) == 1
        assert services.expire_documents(SYSTEM) == 0
        assert food_facet() not in facets(merchant.party)
        assert states(merchant.party)["food-licence"] == "expired"
        assert Notice.objects.filter(event="document.expired").count() == 1
        permit_of(merchant.party, days=300)
        assert food_facet() in facets(merchant.party)


def test_permits_of_categories(merchant, provider):
    assert rules.has_permit(merchant.party, category("food"))
    assert rules.has_permit(merchant.party, category("apparel")), "nothing is asked for it"
    assert rules.has_permit(merchant.party, category("fresh")), "its permit is optional"
    assert rules.has_permit(merchant.party, category("digital"))
    assert not rules.has_permit(merchant.party, category("appliances")), "the second level asks"
    assert not rules.has_permit(merchant.party, category("health"))
    assert rules.has_permit(provider.party, category("health")), "goods are the merchant's"
    drugs = DocumentKind.objects.get(code="drug-licence")
    factories.document(merchant.party, drugs.code)
    services.accept_document(SYSTEM, document=Document.objects.get(kind=drugs))
    assert rules.has_permit(merchant.party, category("health")), "one of three is enough"
    assert rules.has_permit(merchant.party, category("drugs"))
    assert not rules.has_permit(merchant.party, category("medical-devices"))


def test_reminders_come_once_each(merchant):
    permit = permit_of(merchant.party, days=40)
    start = clock.now()

    def told_after(days):
        with clock.standing_at(start + timedelta(days=days)):
            return services.remind_of_expiry(SYSTEM), services.remind_of_expiry(SYSTEM)

    assert told_after(9) == (0, 0)
    assert told_after(10) == (1, 0), "30 days before"
    assert told_after(32) == (0, 0)
    assert told_after(34) == (1, 0), "a day late for the one of 7"
    assert told_after(40) == (1, 0), "the last day itself"
    assert told_after(41) == (0, 0)
    assert set(ExpiryReminder.objects.values_list("days", flat=True)) == {30, 7, 0}
    keys = Notice.objects.filter(event="document.expiring").values_list("key", flat=True)
    assert sorted(keys) == sorted(f"document-expiring:{permit.pk}:{n}" for n in (30, 7, 0))


def test_reminder_missed_for_long_is_given_once(merchant):
    permit_of(merchant.party, days=5)
    assert services.remind_of_expiry(SYSTEM) == 1
    assert set(ExpiryReminder.objects.values_list("days", flat=True)) == {30, 7}
    assert Notice.objects.filter(event="document.expiring").count() == 1


# --- the database itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "returned"},
        {"status": "accepted", "decided_at": None},
        {"status": "expired", "expires_on": None},
        {"file": None},
    ],
)
def test_database_keeps_documents_sound(shop, wrong):
    document = factories.document(shop.party)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**wrong)


def test_database_keeps_one_waiting_and_one_accepted(merchant):
    accepted = Document.objects.get(party=merchant.party, kind__code="licence")
    waiting = factories.document(merchant.party)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=waiting.pk).update(status="accepted", decided_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(
            party=merchant.party,
            kind=accepted.kind,
            checked_elsewhere="x",
            uploaded_at=clock.now(),
        )
