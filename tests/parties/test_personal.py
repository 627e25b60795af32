"""A copy of one's data, and being forgotten: nothing personal stays, the records do."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from portal.core import clock, sealing, vault
from portal.core.actor import Actor, system_actor
from portal.core.files import open_bytes
from portal.core.models import AuditEntry, OutboxMessage, StoredFile, SubjectKey
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import services
from portal.parties.models import (
    ID_NUMBER,
    ErasureRequest,
    Guardian,
    Invitation,
    Membership,
    Party,
    RealName,
    RosterEntry,
    User,
)
from portal.parties.personal import tell_real_names
from portal.parties.states import PartyKind, PartyStatus, Role
from tests import factories
from tests.conftest import Person, person_of
from tests.parties.test_roster import invited, joined
from tests.payouts.making import earn

pytestmark = pytest.mark.django_db
TASK = system_actor("task")
SECRETS = ("林小满本名", "xiaoman@secret.example", "13811112222", "阿满联系人", "满满的灶台")


@pytest.fixture
def person(db):
    """A natural person: a creator, with secrets planted wherever a page takes them."""
    user = factories.user(SECRETS[1], SECRETS[0])
    fields = factories.party_fields(
        SECRETS[4],
        legal_name=SECRETS[0],
        uscc="",
        contact_name=SECRETS[3],
        contact_phone=SECRETS[2],
    )
    party = services.register_party(
        factories.SYSTEM, kind=PartyKind.CREATOR, fields=fields, owner=user
    )
    services.submit_party(factories.SYSTEM, party=factories.with_papers(party))
    return person_of(services.approve_party(factories.SYSTEM, party=party))


def everything() -> str:
    """All text the database holds, table by table, but for caches that end by themselves."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(  # a table of ours, quoted
                f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t"  # noqa: S608 - names of our own tables
            )
            found.append(f"{model._meta.label}: {cursor.fetchone()[0]}")
    return "\n".join(found)


def where_is(secret: str) -> list[str]:
    return [line.split(":")[0] for line in everything().splitlines() if secret in line]


def erased(person: Person) -> ErasureRequest:
    request = services.ask_erasure(person.actor)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        assert services.erase_people(TASK) == 1
        assert services.erase_people(TASK) == 0
    request.refresh_from_db()
    return request


def alone(person: Person) -> Person:
    """The same person once their party is closed."""
    services.close_party(person.actor, party=person.party)
    user = User.objects.get(pk=person.user.pk)
    return Person(user, None, Actor(user=user, party=None, role="person", via="web"))


def test_nothing_personal_stays_and_the_records_do(person, agency, operator):
    entry = joined(agency, person)
    fields = factories.party_fields(
        SECRETS[4], legal_name=SECRETS[0], uscc="", intro="满满的灶台和我",
        contact_name=SECRETS[3], contact_phone=SECRETS[2],
    )  # fmt: skip
    Party.objects.filter(pk=person.party.pk).update(legal_name="旧名")
    with pytest.raises(Refused):  # a verified name stays as it was verified
        services.update_party(person.actor, party=person.party, fields=fields)
    Party.objects.filter(pk=person.party.pk).update(legal_name=SECRETS[0])
    services.update_party(person.actor, party=person.party, fields=fields)
    departure = services.ask_departure(
        person.actor, entry=entry, last_day=clock.today(), reason="换一种生活"
    )
    services.agree_departure(agency.actor, departure=departure)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        services.end_memberships(TASK)
    for secret in SECRETS:
        assert where_is(secret), f"{secret} was planted"
    before = AuditEntry.objects.count()
    request = erased(alone(person))
    for secret in SECRETS:
        assert where_is(secret) == [], secret
    assert request.erased_at is not None
    assert AuditEntry.objects.count() > before
    assert RosterEntry.objects.get(pk=entry.pk).status == "ended"
    user = User.objects.get(pk=person.user.pk)
    assert not user.is_active
    assert not user.has_usable_password()
    assert not Membership.objects.filter(user=user).exists()


def test_real_name_and_guardian_are_told_and_go(person):
    row = RealName.objects.create(
        party=person.party,
        party_kind=PartyKind.CREATOR,
        name="真名在册",
        number_sealed=vault.seal("330106201005060012"),
        number_print=vault.fingerprint("330106201005060012", ID_NUMBER),
        last4="0012",
        given_at=clock.now(),
    )
    Guardian.objects.create(
        real_name=row,
        name="监护人某",
        phone_sealed=vault.seal("13955556666"),
        phone_last4="6666",
        agreed_at=clock.now(),
    )
    [told] = tell_real_names(person.user)
    assert (told["name"], told["number"]) == ("真名在册", "330106201005060012")
    assert told["guardian"] == {"name": "监护人某", "phone": "13955556666"}
    erased(alone(person))
    assert not RealName.objects.exists()
    assert where_is("真名在册") == where_is("监护人某") == []


def test_who_was_paid_is_known_as_long_as_the_law_wants_it(person):
    """The name and the sealed number stay for accounts and tax, the guardian does not; once the
    term is over they go, too."""
    number = "330106201005060012"
    row = RealName.objects.create(
        party=person.party,
        party_kind=PartyKind.CREATOR,
        name="真名在册",
        number_sealed=vault.seal(number),
        number_print=vault.fingerprint(number, ID_NUMBER),
        last4="0012",
        given_at=clock.now(),
    )
    Guardian.objects.create(
        real_name=row,
        name="监护人某",
        phone_sealed=vault.seal("13955556666"),
        phone_last4="6666",
        agreed_at=clock.now(),
    )
    earn(person.party, 5_000)
    earn(person.party, -5_000)
    assert services.forget_kept_names(TASK) == 0, "nobody asked to be forgotten"
    erased(alone(person))
    assert where_is("监护人某") == []
    kept = RealName.objects.get()
    assert (kept.name, vault.unseal(kept.number_sealed)) == ("真名在册", number)
    assert services.forget_kept_names(TASK) == 0
    with clock.standing_at(clock.now() + timedelta(days=31 * 366)):
        assert services.forget_kept_names(TASK) == 1
    assert where_is("真名在册") == []


def test_change_of_a_persons_name_is_sealed_and_its_key_destroyed(person):
    fields = factories.party_fields(
        "新艺名", legal_name=SECRETS[0], uscc="", contact_name="x", contact_phone=SECRETS[2]
    )
    services.update_party(person.actor, party=person.party, fields=fields)
    entry = AuditEntry.objects.get(verb="update_party")
    assert SECRETS[0] not in json.dumps(entry.after, ensure_ascii=False)
    opened = sealing.unseal(person.party.subject, entry.after["sealed"])
    assert opened["before"]["name"] == SECRETS[4]
    erased(alone(person))
    assert not SubjectKey.objects.exists()
    assert sealing.unseal(person.party.subject, entry.after["sealed"]) is None


def test_firm_stays_in_the_open_and_keeps_its_name(merchant):
    name = merchant.party.name
    erased(alone(merchant))
    party = Party.objects.get(pk=merchant.party.pk)
    assert party.name == name
    assert (party.contact_phone, party.status) == ("", PartyStatus.CLOSED)


def test_owner_must_hand_over_or_close_first(merchant):
    with pytest.raises(Refused) as caught:
        services.ask_erasure(merchant.actor)
    assert caught.value.verdict.status == 422
    assert merchant.party.name in str(caught.value)
    assert not ErasureRequest.objects.exists()


def test_staff_must_be_let_go_first(operator):
    with pytest.raises(Refused) as caught:
        services.ask_erasure(operator.actor)
    assert caught.value.verdict.status == 409


def test_wish_can_be_taken_back_within_a_week(stranger):
    request = services.ask_erasure(stranger.actor)
    assert request.due_at - request.asked_at == timedelta(days=7)
    with clock.standing_at(clock.now() + timedelta(days=6)):
        assert services.erase_people(TASK) == 0
    with pytest.raises(Refused):
        services.ask_erasure(stranger.actor)
    services.withdraw_erasure(stranger.actor)
    with clock.standing_at(clock.now() + timedelta(days=9)):
        assert services.erase_people(TASK) == 0
    assert User.objects.get(pk=stranger.user.pk).is_active
    services.ask_erasure(stranger.actor)  # and be asked again


def test_whoever_owns_something_again_is_not_erased(stranger):
    services.ask_erasure(stranger.actor)
    services.register_party(
        stranger.actor, kind=PartyKind.MERCHANT, fields=factories.party_fields("又开了一家")
    )
    with clock.standing_at(clock.now() + timedelta(days=9)):
        assert services.erase_people(TASK) == 0
    assert User.objects.get(pk=stranger.user.pk).email == stranger.user.email


def test_address_in_invitations_goes(merchant, stranger):
    invitation = services.invite_member(
        merchant.actor, party=merchant.party, email=stranger.user.email, role=Role.MEMBER
    )
    erased(stranger)
    assert where_is("stranger@example.com") == []
    assert Invitation.objects.get(pk=invitation.pk).status == "expired"


def test_notices_of_others_forget_the_name(person, agency):
    invited(agency, person)
    services.decline_roster(person.actor, entry=RosterEntry.objects.get())
    told = Notice.objects.get(user=agency.user, event="roster.declined")
    assert SECRETS[4] in told.text
    erased(alone(person))
    told.refresh_from_db()
    assert SECRETS[4] not in told.text


# --- closing ------------------------------------------------------------------------------------


def test_party_with_something_running_does_not_close(agency, creator, merchant):
    joined(agency, creator)
    need = factories.open_need(merchant.actor)
    for person in (agency, creator, merchant):
        with pytest.raises(Refused) as caught:
            services.close_party(person.actor, party=person.party)
        assert caught.value.verdict.status == 409
    assert need.merchant.status == PartyStatus.LISTED


def test_only_the_owner_closes(merchant, colleague, stranger):
    for person in (colleague, stranger):
        with pytest.raises(Refused) as caught:
            services.close_party(person.actor, party=merchant.party)
        assert caught.value.verdict.status == 403


# --- the copy -----------------------------------------------------------------------------------


def test_copy_holds_everything_and_is_the_persons_alone(person, merchant):
    services.ask_personal_export(person.actor)
    message = OutboxMessage.objects.get(task__endswith="make_personal_export")
    file = services.make_personal_export(**message.payload)
    assert services.make_personal_export(**message.payload) is None, "safe to run twice"
    with open_bytes(file) as content:
        told = json.load(content)
    assert told["account"]["email"] == SECRETS[1]
    assert told["parties"][0]["contact_phone"] == SECRETS[2]
    assert told["notices"]
    assert person.browser().get(file.get_absolute_url()).status_code == 200
    for other in (merchant,):
        assert other.browser().get(file.get_absolute_url()).status_code == 404
    page = person.browser().get("/accounts/data/").content.decode()
    assert file.get_absolute_url() in page
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        assert services.prune_personal_exports(TASK) == 1
    assert StoredFile.objects.get(pk=file.pk).deleted_at is not None


def test_api_tells_the_same(person):
    told = person.browser().get("/api/v1/personal-data/").json()["parts"]
    assert told["account"]["email"] == SECRETS[1]


# --- operators ----------------------------------------------------------------------------------


def test_operator_sees_half_of_a_contact_until_they_say_why(person, operator, reviewer):
    client = operator.browser()
    page = client.get(reverse("admin:parties_party_change", args=[person.party.pk]))
    text = page.content.decode()
    assert SECRETS[2] not in text
    assert SECRETS[3] not in text
    address = reverse("admin:parties_party_contact", args=[person.party.pk])
    assert SECRETS[2] not in client.post(address, {"why": " "}).content.decode()
    assert not AuditEntry.objects.filter(verb="reveal_party").exists()
    assert SECRETS[2] in client.post(address, {"why": "电话核实"}).content.decode()
    looked = AuditEntry.objects.get(verb="reveal_party")
    assert (looked.user, looked.why) == (operator.user, "电话核实")
    assert reviewer.browser().post(address, {"why": "x"}).status_code == 403
