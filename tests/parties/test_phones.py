"""Phone and code: sent seldom, right once, the same answer for everybody."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from portal.core import clock, outbox
from portal.core.contacts import masked_phone, normal_phone
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import Refused
from portal.notices.services import notify
from portal.parties import services
from portal.parties.models import PhoneCode, User
from portal.parties.states import Role
from tests import factories

pytestmark = pytest.mark.django_db
PHONE = "13800001111"
FULL = "+8613800001111"


def send(phone=PHONE, address="198.51.100.1"):
    return services.send_code(phone=phone, address=address)


def refused(status, phone=PHONE, address="198.51.100.1"):
    before = PhoneCode.objects.count(), OutboxMessage.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        send(phone, address)
    assert caught.value.verdict.status == status
    assert (PhoneCode.objects.count(), OutboxMessage.objects.count()) == before


def later(**span):
    return clock.standing_at(clock.now() + timedelta(**span))


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        PHONE,
        FULL,
        "+86 138-0000-1111",
        "86 13800001111",
        "008613800001111",
        "１３８０００0１１１１",
    ],
)
def test_number_is_kept_one_way(typed):
    assert normal_phone(typed) == FULL


@pytest.mark.parametrize(
    "typed", ["", "12345", "23800001111", "138000011112", "+1 415 555 0100", "x" * 11, "²" * 11]
)
def test_what_is_no_mainland_mobile_is_none(typed):
    assert normal_phone(typed) == ""


def test_number_is_shown_by_half():
    assert masked_phone(FULL) == "138****1111"


# --- sending -------------------------------------------------------------------------------------


def test_code_is_sent_after_the_commit_and_stands_nowhere():
    code = send()
    assert re.fullmatch(r"\d{6}", code.digits())
    kept = str(list(PhoneCode.objects.values())) + str(list(OutboxMessage.objects.values()))
    assert code.digits() not in kept
    assert outbox.dispatch() == 1


def test_waits_a_minute_and_has_limits():
    send()
    refused(409)
    refused(422, phone="12345")
    with later(seconds=61):
        send()
    for minutes in (3, 5, 7):
        with later(minutes=minutes):
            send()
    with later(minutes=9):
        refused(409)  # five in an hour
        send(phone="13800002222")
    with later(hours=2):
        send()


def test_place_has_a_limit_of_its_own():
    for number in range(20):
        send(phone=f"138000020{number:02d}")
    refused(409, phone="13800003333")
    send(phone="13800003333", address="198.51.100.2")


def test_all_together_have_a_limit_a_day(settings):
    settings.SMS_A_DAY = 2
    send(phone="13800002001")
    send(phone="13800002002")
    refused(409, address="198.51.100.9")
    with later(hours=25):
        send()


def test_without_a_gateway_nothing_is_sent(settings, client):
    settings.SMS_URL = ""
    refused(409)
    assert 'name="phone"' not in client.get("/accounts/login/").content.decode()


# --- using ---------------------------------------------------------------------------------------


def use(code, digits=None):
    return services.use_code(code_id=code.pk, digits=digits or code.digits())


def wrong(code):
    return f"{(int(code.digits()) + 1) % 10**6:06d}"


def test_code_works_once_and_not_too_late():
    code = send()
    assert use(code)
    assert use(code).status == 409
    with later(minutes=2):
        other = send()
    with later(minutes=8):
        assert use(other).status == 409


def test_five_tries_and_no_sixth():
    code = send()
    assert [use(code, wrong(code)).status for _ in range(5)] == [422] * 5
    assert use(code).status == 409


def test_new_code_ends_the_one_before():
    first = send()
    with later(minutes=2):
        second = send()
        assert use(first).status == 409
        assert use(second)


def test_codes_are_forgotten():
    send()
    assert services.prune_codes() == 0
    with later(days=3):
        assert services.prune_codes() == 1


# --- the pages -----------------------------------------------------------------------------------


def through(client, phone=PHONE, **sent):
    """Both steps; the answer to the right code."""
    client.post("/accounts/phone/", {"phone": phone, **sent})
    code = PhoneCode.objects.order_by("-sent_at").first()
    return client.post("/accounts/phone/code/", {"code": code.digits()})


def test_new_phone_becomes_a_person(client):
    answer = through(client, next="/needs/")
    assert answer["Location"] == "/accounts/phone/name/"
    assert not User.objects.filter(phone=FULL).exists()
    assert client.post("/accounts/phone/name/", {"name": "小满"}).status_code == 200
    assert not User.objects.filter(phone=FULL).exists()  # nothing without both consents
    answer = client.post("/accounts/phone/name/", {"name": "小满", "terms": "on", "privacy": "on"})
    assert answer["Location"] == "/needs/"
    person = User.objects.get(phone=FULL)
    assert (person.name, person.email, person.has_usable_password()) == ("小满", None, False)
    assert client.get("/workbench/").status_code == 200
    assert client.get("/accounts/email/").status_code == 200
    assert "138****1111" in client.get("/accounts/phone/mine/").content.decode()
    assert AuditEntry.objects.get(verb="sign_up_by_phone").object_id == str(person.pk)


def test_known_phone_signs_in(client):
    person = User.objects.create_user(None, phone=FULL, name="小满")
    answer = through(client)
    assert answer["Location"] == "/workbench/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_first_answer_is_the_same_for_known_and_unknown():
    User.objects.create_user(None, phone=FULL, name="小满")
    pages = []
    for phone in (PHONE, "13800002222"):
        client = Client()
        sent = client.post("/accounts/phone/", {"phone": phone})
        page = client.get("/accounts/phone/code/").content.decode()
        page = re.sub(r"138\*{4}\d{4}|\+?86138\d{8}|csrf\S+ value=\S+", "", page)
        pages.append((sent.status_code, sent["Location"], page))
    assert pages[0] == pages[1]


def test_wrong_code_stays_on_the_page(client):
    client.post("/accounts/phone/", {"phone": PHONE})
    code = PhoneCode.objects.get()
    page = client.post("/accounts/phone/code/", {"code": wrong(code)})
    assert (page.status_code, "_auth_user_id" in client.session) == (200, False)
    code.refresh_from_db()
    assert code.tries == 1
    assert client.post("/accounts/phone/name/", {"name": "x"})["Location"] == "/accounts/phone/"


def test_steps_cannot_be_jumped(client):
    for step in ("code", "name"):
        assert client.get(f"/accounts/phone/{step}/")["Location"] == "/accounts/phone/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "workbench"])
def test_leads_to_our_own_pages_only(client, target):
    User.objects.create_user(None, phone=FULL, name="小满")
    assert urlsplit(through(client, next=target)["Location"]).netloc == ""
    assert client.session["_auth_user_id"]


def test_closed_account_stays_closed(client):
    User.objects.create_user(None, phone=FULL, name="小满", is_active=False)
    answer = through(client)
    assert answer["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_person_adds_a_number_and_nobody_takes_another_s(stranger, rival):
    browser = stranger.browser()
    assert through(browser)["Location"] == "/accounts/phone/mine/"
    stranger.user.refresh_from_db()
    assert stranger.user.phone == FULL
    with later(minutes=2):
        assert through(rival.browser()).status_code == 409
    rival.user.refresh_from_db()
    assert rival.user.phone is None


def test_page_of_the_code_fits_a_phone(client):
    client.post("/accounts/phone/", {"phone": PHONE})
    page = client.get("/accounts/phone/code/").content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert PhoneCode.objects.get().digits() not in page  # outside the demo


def test_demo_shows_the_code(client, settings):
    settings.IS_DEMO = True
    client.post("/accounts/phone/", {"phone": PHONE})
    page = client.get("/accounts/phone/code/").content.decode()
    assert PhoneCode.objects.get().digits() in page


def test_person_without_mail_is_told_in_the_inbox_only():
    person = User.objects.create_user(None, phone=FULL, name="小满")
    notify(
        [person.pk],
        party_id=None,
        event="x",
        key="x",
        sentence="Declined.",
        params={},
        url="/workbench/",
    )
    outbox.dispatch()
    assert mail.outbox == []
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def test_invitation_to_a_phone_waits_for_its_owner(merchant, client):
    services.invite_member(merchant.actor, party=merchant.party, role=Role.MEMBER, phone=PHONE)
    User.objects.create_user(None, phone=FULL, name="小满")
    through(client)
    todos = [todo.url for todo in client.get("/workbench/").context["todos"]]
    assert any(url.startswith("/invitations/") for url in todos)


def test_database_refuses_what_is_no_phone():
    for fields in ({"phone": "13800001111"}, {"email": None}):
        person = factories.user(f"{len(fields)}{next(iter(fields))}@example.com")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=person.pk).update(**fields)
