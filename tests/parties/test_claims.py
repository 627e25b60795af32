"""Profiles of public data, and the people who claim them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from matchmaking.needs import services as needs
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.files import store_file
from portal.core.imports import Row
from portal.core.models import AuditEntry, StoredFile
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import holdings, rules, services
from portal.parties.files import CLAIM_PROOF
from portal.parties.imports.open_data import OPEN_DATA, check_taken, take
from portal.parties.models import (
    Claim,
    ClaimStatement,
    Document,
    Listing,
    Membership,
    Party,
    PhoneCode,
)
from portal.parties.states import ClaimStatus, PartyKind, Role
from tests import factories
from tests.conftest import Person, person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
WORDS = "我是这家公司的运营负责人，可以核对。"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Rows of other tests are rolled back, their bytes are not."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def party():
    return factories.unclaimed_party(PartyKind.PROVIDER, "远山电商")


@pytest.fixture
def other():
    """Another who claims."""
    return somebody("other@example.com", "方宁")


def somebody(email, name="高远"):
    user = factories.user(email, name)
    return Person(user, None, Actor(user=user, party=None, role="person", via="web"))


def refused(status, service, *args, **kwargs):
    """The service refuses with this status, and nothing at all is written."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status, caught.value.verdict.reason
    assert snapshot() == before


def snapshot():
    models = (Party, Claim, ClaimStatement, Membership)
    return (
        [list(model.objects.order_by("pk").values()) for model in models],
        (StoredFile.objects.count(), PhoneCode.objects.count()),
        (AuditEntry.objects.count(), Notice.objects.count()),
    )


def claim(person, party, text=WORDS, proofs=()):
    return services.claim_party(person.actor, party=party, text=text, proofs=proofs)


# --- parties of public data -----------------------------------------------------------------------


def test_party_of_public_data_is_found_and_nobodys(party, client):
    assert Listing.objects.filter(party=party).exists()
    assert rules.is_unclaimed(party)
    assert not Document.objects.filter(party=party).exists(), "nobody saw a document of theirs"
    entry = AuditEntry.objects.get(object_type="parties.party", object_id=str(party.pk))
    assert (entry.verb, entry.after["source"]) == ("take_party", "公开名录")
    with translation.override("en"):
        page = client.get(f"/providers/{party.pk}/", HTTP_COOKIE="django_language=en")
    assert page.status_code == 200
    text = page.content.decode()
    assert reverse("party_claim", args=[party.pk]) in text
    assert "公开名录" in text


def test_profile_with_people_is_not_offered(provider, client):
    text = client.get(f"/providers/{provider.party.pk}/").content.decode()
    assert reverse("party_claim", args=[provider.party.pk]) not in text


def test_nobody_answers_an_invitation_for_it(party, merchant):
    need = factories.open_need(merchant.actor)
    with pytest.raises(Refused) as caught:
        needs.invite_provider(merchant.actor, need=need, provider=party)
    assert caught.value.verdict.status == 422


def row(**changes):
    return {
        "kind": "provider",
        "name": "远山电商",
        "legal_name": "杭州远山电商有限公司",
        "uscc": factories.uscc_code(),
        "city": factories.party_fields().city_id,
        "source": "公开名录",
        "intro": None,
        "phone": "0571 8888 0000",
        "shares": OPEN_DATA.column("shares").parse("食品饮料 60；生鲜果蔬40%"),
        "services": OPEN_DATA.column("services").parse("直播代运营、短视频制作"),
        "remote": None,
        "price_low": 100,
        "price_high": None,
    } | changes


def test_file_of_public_data_is_checked_and_taken_once(operator, provider):
    fine = row()
    rows = [
        fine,
        row(uscc=""),
        row(source="a\nb"),
        row(shares=None),
        row(services=None),
        row(uscc=provider.party.uscc),
        row(shares={1: 50}),
    ]
    faults = [(n, flaw.field) for n, flaw in check_taken(operator.actor, _rows(rows))]
    assert faults == [
        (2, "uscc"),
        (3, "source"),
        (4, "shares"),
        (5, "services"),
        (5, "services"),
        (6, "uscc"),
        (7, "shares"),
    ]
    assert not Party.objects.filter(taken_from="公开名录").exists(), "a check writes nothing"
    assert take(operator.actor, [fine]) == 1
    assert take(operator.actor, [fine]) == 0, "safe to run twice"
    taken = Party.objects.get(taken_from="公开名录")
    assert {share.share for share in taken.category_shares.all()} == {60, 40}
    assert taken.profile.works_remotely


def _rows(rows):
    return [Row(line, values) for line, values in enumerate(rows, start=1)]


def test_who_takes_parties_in(operator, reviewer, merchant):
    taken = factories.TakenFields(
        "agency", "公开名录", factories.party_fields("远山", contact_name="")
    )
    for person in (reviewer, merchant):
        refused(403, services.take_parties, person.actor, found=[taken])
    services.take_parties(operator.actor, found=[taken])
    refused(409, services.take_parties, operator.actor, found=[taken])


def test_documents_nobody_saw_are_not_attested(party):
    services.attest_undocumented(SYSTEM, where="tests")
    assert not Document.objects.filter(party=party).exists()


def test_draft_is_no_way_round_a_claim(party):
    shop = factories.draft_party(PartyKind.PROVIDER, "远山", uscc=party.uscc)
    owner = person_of(shop)
    refused(409, services.submit_party, owner.actor, party=shop)
    page = owner.browser().get(shop.get_absolute_url()).content.decode()
    assert reverse("party_claim", args=[party.pk]) in page
    services.accept_claim(SYSTEM, claim=claim(owner, party))
    assert rules.unclaimed_twin(shop) is None


# --- claiming -------------------------------------------------------------------------------------


def test_claim_is_accepted_and_others_are_told(party, stranger, other, operator):
    first, second = claim(stranger, party), claim(other, party)
    membership = services.accept_claim(operator.actor, claim=first)
    assert (membership.user, membership.role) == (stranger.user, Role.OWNER)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.ended_by) == (ClaimStatus.ACCEPTED, operator.user)
    assert second.status == ClaimStatus.REFUSED
    told = {notice.user_id: notice.event for notice in Notice.objects.all()}
    assert told == {stranger.user.pk: "claim.accepted", other.user.pk: "claim.refused"}
    assert second.statements.filter(is_operator=True).count() == 1
    verbs = list(AuditEntry.objects.filter(object_id=str(first.pk)).values_list("verb", flat=True))
    assert verbs == ["claim_party", "accept_claim"]
    assert AuditEntry.objects.filter(object_id=str(party.pk), verb="give_party").exists()
    mine = stranger.browser().get(party.get_absolute_url())
    assert mine.status_code == 200, "they speak for it from now on"


def test_claimant_is_asked_and_answers(party, stranger, operator):
    mine = claim(stranger, party)
    refused(409, services.answer_claim, stranger.actor, claim=mine, text=WORDS)
    services.ask_claimant(operator.actor, claim=mine, text="请上传授权书。")
    assert Notice.objects.get(event="claim.asked").user == stranger.user
    assert Claim.objects.waiting().count() == 0, "what is asked for is not in the queue"
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        answered = services.answer_claim(
            stranger.actor, claim=mine, text="授权书已上传，请核对。", proofs=[factories.picture()]
        )
        assert answered.waiting_since == clock.now()
    sides = list(mine.statements.order_by("pk").values_list("is_operator", flat=True))
    assert sides == [False, True, False]
    with translation.override("zh-hans"):
        services.refuse_claim(operator.actor, claim=mine, text="授权书不是这家公司的。")
        assert "授权书不是这家公司的" in Notice.objects.get(event="claim.refused").text
    refused(409, services.answer_claim, stranger.actor, claim=mine, text=WORDS)
    refused(409, services.withdraw_claim, stranger.actor, claim=mine)


def test_who_may_not_claim(party, provider, stranger, merchant):
    refused(409, claim, stranger, provider.party)
    refused(422, claim, stranger, party, text="我的")
    refused(422, claim, stranger, party, text="我" * 1001)
    refused(422, claim, stranger, party, proofs=[factories.picture() for _ in range(4)])
    by_key = Actor(merchant.user, merchant.party, Role.OWNER, "api", "tlk_1")
    refused(403, services.claim_party, by_key, party=party, text=WORDS)
    claim(stranger, party)
    refused(409, claim, stranger, party)


def test_claims_of_one_person_are_few(stranger, operator):
    def fresh(number):
        return factories.unclaimed_party(PartyKind.AGENCY, f"远山{number}")

    for number in range(rules.claims.MOST_RUNNING):
        claim(stranger, fresh(number))
    refused(409, claim, stranger, fresh(99))
    Claim.objects.running().update(status="withdrawn", ended_at=clock.now())
    last = fresh(100)
    for _ in range(rules.claims.MOST_REFUSED):
        services.refuse_claim(operator.actor, claim=claim(stranger, last), text="不是")
    refused(409, claim, stranger, last)


def test_claims_taken_back_count_for_the_day(party, stranger):
    for _ in range(rules.claims.MOST_A_DAY):
        services.withdraw_claim(stranger.actor, claim=claim(stranger, party))
    refused(409, claim, stranger, party)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        claim(stranger, party)


def test_who_may_not_decide(party, stranger, merchant, operator):
    mine = claim(stranger, party)
    far = staff_person("regional operator", regions=["southwest"])
    auditor = staff_person("auditor")
    for person in (stranger, merchant, far, auditor):
        refused(403, services.accept_claim, person.actor, claim=mine)
        refused(403, services.ask_claimant, person.actor, claim=mine, text="?")
        refused(403, services.refuse_claim, person.actor, claim=mine, text="?")
    own = claim(operator, party)
    refused(403, services.accept_claim, operator.actor, claim=own)
    refused(422, services.ask_claimant, operator.actor, claim=mine, text=" ")
    refused(422, services.refuse_claim, operator.actor, claim=mine, text="")
    refused(422, services.refuse_claim, operator.actor, claim=mine, text="x" * 1001)
    services.withdraw_claim(stranger.actor, claim=mine)
    refused(409, services.accept_claim, operator.actor, claim=mine)
    refused(403, services.withdraw_claim, merchant.actor, claim=own)


def test_what_is_suspended_is_given_to_nobody(party, stranger, operator):
    mine = claim(stranger, party)
    services.suspend_party(operator.actor, party=party, reason="投诉")
    refused(409, services.accept_claim, operator.actor, claim=mine)
    services.refuse_claim(operator.actor, claim=mine, text="已停用")


# --- the registered phone -------------------------------------------------------------------------


def test_code_of_the_registered_phone_proves(party, stranger):
    mine = claim(stranger, party)
    services.send_claim_code(stranger.actor, claim=mine, address="198.51.100.1")
    outbox.dispatch()
    code = PhoneCode.objects.get(phone="+8613800001111")
    mine.refresh_from_db()
    assert mine.phone_code == code.pk
    wrong = f"{(int(code.digits()) + 1) % 10**6:06d}"
    assert not services.prove_claim_by_phone(stranger.actor, claim=mine, digits=wrong)
    code.refresh_from_db()
    assert code.tries == 1, "a wrong try stays counted"
    assert services.prove_claim_by_phone(stranger.actor, claim=mine, digits=code.digits())
    mine.refresh_from_db()
    assert mine.phone_proved_at is not None
    assert mine.status == ClaimStatus.WAITING, "an operator still looks"
    refused(409, services.send_claim_code, stranger.actor, claim=mine, address="198.51.100.1")


def test_when_no_code_is_sent(party, stranger, merchant, settings):
    landline = factories.unclaimed_party(PartyKind.AGENCY, "座机", contact_phone="0571 8888 0000")
    mine = claim(stranger, party)
    address = {"address": "198.51.100.1"}
    refused(403, services.send_claim_code, merchant.actor, claim=mine, **address)
    by_landline = claim(stranger, landline)
    refused(422, services.send_claim_code, stranger.actor, claim=by_landline, **address)
    verdict = services.prove_claim_by_phone(stranger.actor, claim=mine, digits="123456")
    assert verdict.status == 409, "none was sent"
    services.send_claim_code(stranger.actor, claim=mine, **address)
    refused(409, services.send_claim_code, stranger.actor, claim=mine, **address)
    settings.SMS_URL = ""
    refused(409, services.send_claim_code, stranger.actor, claim=mine, **address)


# --- privacy --------------------------------------------------------------------------------------


def test_proofs_are_read_by_the_claimant_and_who_decides(party, stranger, merchant, reviewer):
    claim(stranger, party, proofs=[factories.picture("授权书.png")])
    file = StoredFile.objects.get(purpose=CLAIM_PROOF)
    assert file.is_personal
    url = file.get_absolute_url()
    assert stranger.browser().get(url).status_code == 200
    assert reviewer.browser().get(url).status_code == 200
    assert AuditEntry.objects.filter(verb="read_file", user=reviewer.user).count() == 1
    assert merchant.browser().get(url).status_code == 404
    assert staff_person("auditor").browser().get(url).status_code == 404


def test_own_uploads_are_named_over_the_api(party, stranger, merchant):
    upload = store_file(stranger.actor, upload=factories.picture(), purpose=CLAIM_PROOF)
    foreign = store_file(merchant.actor, upload=factories.picture(), purpose=CLAIM_PROOF)
    body = {"party": party.pk, "text": WORDS, "files": [str(foreign.pk)]}
    browser, url = stranger.browser(), reverse("api-claims")
    answer = browser.post(url, body, content_type="application/json")
    assert answer.status_code == 422
    assert not Claim.objects.exists()
    body["files"] = [str(upload.pk)]
    made = browser.post(url, body, content_type="application/json").json()
    assert made["statements"][0]["files"] == [str(upload.pk)]
    assert made["code"] == services.claim_code(stranger.user.pk, party)
    assert merchant.browser().get(reverse("api-claim", args=[made["id"]])).status_code == 404
    assert [one["id"] for one in browser.get(url).json()] == [made["id"]]
    proof = reverse("api-claim-phone-proof", args=[made["id"]])
    browser.post(reverse("api-claim-phone", args=[made["id"]]))
    wrong = {"code": f"{(int(PhoneCode.objects.get().digits()) + 1) % 10**6:06d}"}
    assert browser.post(proof, wrong, content_type="application/json").status_code == 422
    assert PhoneCode.objects.get().tries == 1
    right = {"code": PhoneCode.objects.get().digits()}
    proved = browser.post(proof, right, content_type="application/json").json()
    assert proved["phone_proved_at"]


def test_what_a_claimant_said_is_told_and_forgotten(party, stranger):
    mine = claim(stranger, party)
    holding = next(one for one in holdings.holdings() if one.name == "claims")
    assert holding.tell(stranger.user)[0]["text"] == WORDS
    holding.forget(stranger.user, [])
    mine.refresh_from_db()
    assert mine.status == ClaimStatus.WITHDRAWN
    assert WORDS not in str(list(ClaimStatement.objects.values()))


def test_database_keeps_claims_consistent(party, stranger):
    mine = claim(stranger, party)
    for broken in ({"status": "accepted"}, {"ended_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=mine.pk).update(**broken)


# --- pages ----------------------------------------------------------------------------------------


def test_claimant_goes_through_the_pages(party, stranger, operator):
    browser = stranger.browser()
    start = reverse("party_claim", args=[party.pk])
    page = browser.get(start).content.decode()
    assert services.claim_code(stranger.user.pk, party) in page
    answer = browser.post(start, {"text": "我的"})
    assert answer.status_code == 200, "the form comes back with the sentence"
    answer = browser.post(start, {"text": WORDS, "proof_1": factories.picture()})
    mine = Claim.objects.get()
    assert answer["Location"] == mine.get_absolute_url()
    assert mine.get_absolute_url() in browser.get(start).content.decode()
    browser.post(reverse("claim_phone", args=[mine.pk]))
    code = PhoneCode.objects.get()
    wrong = {"code": f"{(int(code.digits()) + 1) % 10**6:06d}"}
    shown = browser.post(reverse("claim_phone_proof", args=[mine.pk]), wrong)
    assert shown.status_code == 200
    assert 'name="code"' in shown.content.decode()
    browser.post(reverse("claim_phone_proof", args=[mine.pk]), {"code": code.digits()})
    mine.refresh_from_db()
    assert mine.phone_proved_at
    services.ask_claimant(operator.actor, claim=mine, text="请上传授权书。")
    assert mine.get_absolute_url() in browser.get("/workbench/").content.decode()
    bad = browser.post(reverse("claim_answer", args=[mine.pk]), {"text": "好"})
    assert bad.status_code == 200
    browser.post(reverse("claim_answer", args=[mine.pk]), {"text": "已上传，请再看一次吧。"})
    mine.refresh_from_db()
    assert mine.status == ClaimStatus.WAITING
    browser.post(reverse("claim_withdrawal", args=[mine.pk]))
    assert browser.get(mine.get_absolute_url()).status_code == 200


def test_operator_answers_in_the_admin(party, stranger, other, operator):
    first, second = claim(stranger, party), claim(other, party)
    browser = operator.browser()
    assert "admin/parties/claim/?status__exact=waiting" in browser.get("/admin/").content.decode()
    url = reverse("admin:parties_claim_decision", args=[first.pk])
    page = browser.get(url).content.decode()
    assert first.code in page
    assert WORDS in page
    assert browser.post(url, {"decision": "refuse", "text": ""}).status_code == 200
    assert browser.post(url, {"decision": "ask", "text": "请上传授权书。"}).status_code == 302
    assert browser.post(url, {"decision": "accept"}).status_code == 302
    second.refresh_from_db()
    assert second.status == ClaimStatus.REFUSED
    page = browser.get(reverse("admin:parties_claim_decision", args=[second.pk])).content.decode()
    assert '<form class="answer"' not in page
    far = staff_person("regional operator", regions=["southwest"])
    assert far.browser().get(url).status_code == 404


def test_queue_costs_the_same_for_one_and_three(operator):
    def cost():
        browser = operator.browser()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/admin/parties/claim/").status_code == 200
        return len(queries)

    for number in range(3):
        party = factories.unclaimed_party(PartyKind.AGENCY, f"远山{number}")
        claim(somebody(f"claimant{number}@example.com"), party)
        if number == 0:
            one = cost()
    assert cost() == one
