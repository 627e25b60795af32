"""Signing up, a code of one's own, reviewing oneself, and what operators may not see."""

from __future__ import annotations

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from portal.core.verdict import Refused
from portal.notices import services as notices
from portal.notices.mail import send_notice
from portal.notices.models import Notice
from portal.parties import rules, services
from portal.parties.guard import refuse_demo_people
from portal.parties.models import City, Membership, Party, User
from portal.parties.states import PartyKind, PartyStatus, Role
from tests import factories
from tests.conftest import person_of, staff_person

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"


def sign_up(email):
    data = {"name": "某人", "email": email, "password1": factories.PASSWORD}
    data |= {"terms": "on", "privacy": "on"}
    return Client().post(SIGNUP, data)


# --- signing up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "email",
    [
        "x@demo.trilink.local",
        "X@DEMO.Trilink.Local",
        "x@demo.tr\u0131link.local",  # which the database compares as an I
        "x@demo.trilin\u212a.local",  # which becomes a k
    ],
)
def test_nobody_signs_up_into_the_domain_of_the_demo(email):
    answer = sign_up(email)
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert not User.objects.exists()
    refuse_demo_people()


def test_nobody_moves_into_the_domain_of_the_demo(stranger):
    stranger.browser().post("/accounts/email/", {"email": "x@demo.trilink.local", "action_add": ""})
    assert not stranger.user.emailaddress_set.filter(email__contains="demo").exists()


def test_somebody_of_another_domain_signs_up():
    assert sign_up("x@not-demo.trilink.local").status_code == 302
    assert User.objects.get().email == "x@not-demo.trilink.local"


def test_demo_signs_up_its_own(settings):
    settings.IS_DEMO = True
    assert sign_up("x@demo.trilink.local").status_code == 302


def test_signing_up_again_hashes_a_password_like_the_first_time(settings, monkeypatch):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    hashed = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher,
        "encode",
        lambda *args, **more: hashed.append(1) or encode(*args, **more),
    )
    made = []
    for _time in range(2):
        hashed.clear()
        cache.clear()  # the second mail to an address waits for minutes
        assert sign_up("x@example.com").status_code == 302
        made.append(len(hashed))
    assert made == [1, 1]
    assert User.objects.count() == 1


# --- a code is its owner's ------------------------------------------------------------------------


def test_draft_with_a_code_keeps_nobody_from_it(stranger):
    code = factories.uscc_code()
    squatter = factories.draft_party(PartyKind.MERCHANT, "占位", uscc=code)
    party = factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品", uscc=code)
    assert (party.uscc, party.status) == (squatter.uscc, PartyStatus.LISTED)


def test_registering_tells_nobody_whether_a_code_is_known(merchant, stranger, reviewer):
    fields = factories.party_fields("again", uscc=merchant.party.uscc)
    draft = services.register_party(stranger.actor, kind=PartyKind.MERCHANT, fields=fields)
    owner = person_of(draft)
    services.update_party(owner.actor, party=draft, fields=fields)
    services.submit_party(owner.actor, party=factories.with_papers(draft))
    with pytest.raises(Refused) as caught:
        services.approve_party(reviewer.actor, party=draft)
    with translation.override("en"):
        assert str(caught.value.verdict.reason) == "This code is registered already in this role."
    assert caught.value.verdict.status == 409
    draft.refresh_from_db()
    assert (draft.status, draft.verified_at) == (PartyStatus.SUBMITTED, None)
    assert not Notice.objects.filter(event="party.approved", party_id=draft.pk).exists()


# --- reviewing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.MEMBER])
def test_nobody_answers_the_application_of_their_own_party(reviewer, operator, role):
    party = factories.submitted_party(PartyKind.MERCHANT, "沐白个护")
    if role == Role.OWNER:
        Membership.objects.filter(party=party).update(role=Role.MANAGER)
    Membership.objects.create(
        user=reviewer.user, party=party, role=role, created_at=party.created_at
    )
    assert rules.can_review_party(reviewer.actor, party).status == 403
    for answer in (
        lambda: services.approve_party(reviewer.actor, party=party),
        lambda: services.return_party(reviewer.actor, party=party, note="x"),
    ):
        with pytest.raises(Refused) as caught:
            answer()
        assert caught.value.verdict.status == 403
    assert Party.objects.get(pk=party.pk).status == PartyStatus.SUBMITTED
    services.approve_party(operator.actor, party=party)


# --- what operators see ---------------------------------------------------------------------------


@pytest.fixture
def trade(provider):
    """Two needs with a proposal each, one of them hired for: in Hangzhou and in Chengdu."""
    found = {}
    for city in ("hangzhou", "chengdu"):
        party = factories.listed_party(
            PartyKind.MERCHANT, f"merchant-{city}", city_id=City.objects.get(code=city).pk
        )
        need = factories.open_need(person_of(party).actor, title=f"need of {city}")
        proposal = factories.submitted_proposal(provider.actor, need, plan=f"plan for {city}")
        factories.needs.accept_proposal(person_of(party).actor, proposal=proposal)
        proposal.refresh_from_db()
        found[city] = (need, proposal, proposal.cooperation)
    return found


@pytest.mark.parametrize(
    ("place", "path"),
    [(0, "needs/need"), (1, "needs/proposal"), (2, "cooperation/cooperation")],
)
def test_operator_of_a_region_sees_the_trade_of_its_merchants_only(trade, place, path):
    person = staff_person("operator", regions=["southwest"])
    page = person.browser().get(f"/admin/{path}/").content.decode()
    assert "need of chengdu" in page
    assert "need of hangzhou" not in page
    far, near = trade["hangzhou"][place], trade["chengdu"][place]
    client = person.browser()
    assert client.get(f"/admin/{path}/{far.pk}/change/").status_code == 302  # "not there"
    assert client.get(f"/admin/{path}/{near.pk}/change/").status_code == 200


def test_operator_reads_no_offer_before_it_is_sent(merchant, provider, operator):
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields(plan="secret plan", team="secret team")
    draft = factories.needs.draft_proposal(provider.actor, need=need, fields=fields)
    client, address = operator.browser(), f"/admin/needs/proposal/{draft.pk}/change/"
    page = client.get(address).content.decode()
    assert "secret" not in page
    assert "3800000" not in page
    assert "field-plan" not in page
    for lookup in ("plan__startswith", "team", "monthly_fee_fen__gt", "share_bp", "starts_on"):
        assert client.get("/admin/needs/proposal/", {lookup: "2"}).status_code == 400
    factories.needs.submit_proposal(provider.actor, need=need, fields=fields)
    page = client.get(address).content.decode()
    assert "secret plan" in page
    assert "3800000" in page


# --- lines and names ------------------------------------------------------------------------------


def test_subject_of_a_mail_is_one_line(stranger):
    notices.notify(
        [stranger.user.pk],
        party_id=None,
        event="x",
        key="x",
        sentence="%(party)s is verified and listed.",
        params={"party": "a\r\nBcc: evil@example.com\u2028b"},
        url="/",
    )
    send_notice(Notice.objects.get())
    (sent,) = mail.outbox
    assert "a Bcc: evil@example.com b" in sent.subject
    assert len(sent.subject.splitlines()) == 1


@pytest.mark.parametrize("name", ["name", "legal_name", "contact_name"])
def test_form_takes_no_second_line_either(stranger, name):
    fields = factories.party_fields()
    (category,) = fields.shares
    data = {
        "name": fields.name,
        "legal_name": fields.legal_name,
        "uscc": fields.uscc,
        "city": fields.city_id,
        "contact_name": fields.contact_name,
        "contact_phone": fields.contact_phone,
        f"share_{category}": 100,
    }
    answer = stranger.browser().post("/parties/new/?kind=merchant", data | {name: "a\nb"})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [name]
    assert not Party.objects.exists()


@pytest.mark.parametrize("target", ["foo", "workbench", "../x", "foo:bar", ""])
def test_switching_party_with_a_word_as_target_leads_to_the_workbench(merchant, target):
    data = {"party": merchant.party.pk, "next": target}
    answer = merchant.browser().post("/parties/switch/", data)
    assert (answer.status_code, answer["Location"]) == (302, "/workbench/")


def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- asking for the head of a page ----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/healthz", "/needs/", "/workbench/", "/notices/"])
def test_head_of_a_page_may_be_asked_for(merchant, path):
    answer = merchant.browser().head(path)
    assert (answer.status_code, answer.content) == (200, b"")
