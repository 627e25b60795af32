"""Parties made in bulk are those that the single services make, row by row, in every table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, connections, models, transaction
from django.db.models import Max
from django.test.utils import CaptureQueriesContext

from portal.core import clock, outbox
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import Refused
from portal.moderation.words import find_words
from portal.notices.models import Delivery, Notice
from portal.parties import services
from portal.parties.fields import RealNameFields
from portal.parties.models import (
    Listing,
    ListingBefore,
    Membership,
    OfferChange,
    Party,
    RealName,
    RosterEntry,
    User,
)
from portal.parties.services import PartyLife, register_parties
from portal.parties.states import PartyKind, PartyStatus
from portal.policies.models import Consent
from tests.conftest import person_of
from tests.factories import SYSTEM, id_number, party_fields, provider_fields

pytestmark = pytest.mark.django_db
START = datetime(2024, 3, 5, 2, tzinfo=UTC)
JOURNALS = (OfferChange, ListingBefore)  # what changed of late, a row for each write
KEYED = (User, Party, RosterEntry, Notice)  # other rows name their keys
COUNTED = (User, Party, Membership, Listing, AuditEntry, Notice, OutboxMessage)


def life(kind: PartyKind = PartyKind.MERCHANT, name: str = "云岭食品", **changes: Any) -> PartyLife:
    fields = party_fields(name, **({"uscc": ""} if kind == PartyKind.CREATOR else {}))
    defaults: dict[str, Any] = {
        "kind": kind,
        "email": f"{name}@Example.com".lower(),
        "owner_name": f"{name}老板",
        "fields": fields,
        "provider": provider_fields() if kind == PartyKind.PROVIDER else None,
        "registered_at": START,
        "submitted_at": START + timedelta(hours=1),
        "verified_at": START + timedelta(days=1),
        "edited_at": START + timedelta(days=90),
    }
    return PartyLife(**(defaults | changes))


def lives() -> list[PartyLife]:
    return [
        life(PartyKind.MERCHANT, "云岭食品"),
        life(PartyKind.PROVIDER, "北斗直播", provider=provider_fields(city_ids=[])),
        life(PartyKind.AGENCY, "星河文化", edited_at=None),
        life(PartyKind.CREATOR, "小满的厨房"),
        life(PartyKind.MERCHANT, "等待食品", verified_at=None, edited_at=None),
        life(PartyKind.CREATOR, "草稿日记", submitted_at=None, verified_at=None, edited_at=None),
    ]


def make_singly(one: PartyLife) -> None:
    """The same life, a service at a time."""
    owner = User.objects.create_user(
        one.email, None, name=one.owner_name, date_joined=one.registered_at
    )
    with clock.standing_at(one.registered_at):
        party = services.register_party(
            SYSTEM, kind=one.kind, fields=one.fields, provider=one.provider, owner=owner
        )
    if one.submitted_at:
        with clock.standing_at(one.submitted_at):
            services.attest_documents(SYSTEM, party=party, where="import")
            services.submit_party(SYSTEM, party=party)
    if one.verified_at:
        with clock.standing_at(one.verified_at):
            services.approve_party(SYSTEM, party=party)
    if one.edited_at:
        with clock.standing_at(one.edited_at):
            services.update_party(SYSTEM, party=party, fields=one.fields, provider=one.provider)


def everything() -> dict[str, list[Any]]:
    """The rows of every table. A key that other rows refer to counts; of the others, and of the
    random part of a password that nobody can use, only the rest. What waits to be sent names its
    delivery by what makes it this one."""
    found = {}
    once = dict(Delivery.objects.values_list("pk", "once"))
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy or model in JOURNALS:
            continue
        is_known = model in KEYED
        names = [
            f.attname
            for f in model._meta.concrete_fields
            if is_known
            or not (f.primary_key and isinstance(f, models.AutoField | models.UUIDField))
        ]
        rows = [
            {k: plain(k, v) for k, v in row.items()} for row in model._base_manager.values(*names)
        ]
        for row in rows:
            if row.get("object_type") == "parties.document":
                row["object_id"] = ""
            if model is OutboxMessage and "delivery_id" in row["payload"]:
                row["key"] = row["payload"] = once[row["payload"]["delivery_id"]]
        found[model._meta.label] = sorted(rows, key=repr)
    return found


def plain(name: str, value: Any) -> Any:
    if name == "password":
        return value[:1]
    if name == "key" and isinstance(value, UUID):
        return ""
    return bytes(value) if isinstance(value, memoryview) else value


def start_ids_anew() -> None:
    """Sequences go on after a rollback; both ways are to number their rows alike. They belong to
    the owner."""
    with connections["owner"].cursor() as cursor:
        for model in KEYED:
            table, last = model._meta.db_table, model.objects.aggregate(last=Max("pk"))["last"] or 0
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, last + 1]
            )


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("is_history", [False, True])
def test_bulk_writes_what_the_single_services_write(is_history):
    told = lives()
    start_ids_anew()
    before = everything()
    with transaction.atomic():
        with outbox.born_delivered() if is_history else transaction.atomic():
            for one in told:
                make_singly(one)
        singly = everything()
        transaction.set_rollback(True)
    start_ids_anew()
    with outbox.born_delivered() if is_history else transaction.atomic():
        register_parties(SYSTEM, lives=told)
    in_bulk = everything()
    for table, rows in singly.items():
        assert in_bulk[table] == rows, table
    assert Party.objects.count() == len(told)
    noted = set(OfferChange.objects.values_list("party_id", flat=True))
    assert set(Party.objects.values_list("pk", flat=True)) <= noted
    assert sum(map(len, in_bulk.values())) - sum(map(len, before.values())) > 12 * 4


def test_bulk_costs_the_same_queries_for_one_and_for_many(django_assert_num_queries, settings):
    settings.MODERATION_SECONDS = 60  # the list of words is looked at once, as on the site
    find_words("云")
    told = [life(PartyKind.PROVIDER, f"云{number}") for number in range(42)]
    register_parties(SYSTEM, lives=told[:1])  # reference data is read once
    with CaptureQueriesContext(connection) as for_one:
        register_parties(SYSTEM, lives=told[1:2])
    with django_assert_num_queries(len(for_one)):
        register_parties(SYSTEM, lives=told[2:])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"fields": {"uscc": "91330106MA000000X0"}}, "check digit"),
        ({"fields": {"shares": {1: 70}}}, "70%"),
        ({"fields": {"shares": {}}}, "categories"),
        ({"kind": PartyKind.PROVIDER}, "service"),
        ({"verified_at": START}, "in this order"),
        ({"submitted_at": None}, "in this order"),
    ],
)
def test_bulk_refuses_all_rows_for_one_that_is_not_sound(wrong, sentence, settings):
    settings.LANGUAGE_CODE = "en"
    bad = life(name="坏的")
    if "fields" in wrong:
        bad = replace(bad, fields=replace(bad.fields, **wrong["fields"]))
    else:
        bad = replace(bad, **wrong)
    before = [model.objects.count() for model in COUNTED]
    with pytest.raises(Refused) as refused:
        register_parties(SYSTEM, lives=[life(), bad])
    assert str(refused.value).startswith("Row 2: ")
    assert sentence in str(refused.value)
    assert [model.objects.count() for model in COUNTED] == before


def test_bulk_refuses_a_code_that_is_verified_already():
    first = life()
    register_parties(SYSTEM, lives=[first])
    again = replace(life(name="重复"), fields=first.fields)
    with pytest.raises(Refused) as refused:
        register_parties(SYSTEM, lives=[life(name="新的"), again])
    assert refused.value.verdict.status == 409
    assert Party.objects.count() == 1


def test_bulk_is_for_the_platform_alone(merchant, operator, stranger):
    before = Party.objects.count()
    for person in (merchant, operator, stranger):
        with pytest.raises(Refused) as refused:
            register_parties(person.actor, lives=[life()])
        assert refused.value.verdict.status == 403
    assert Party.objects.count() == before


def test_party_of_the_bulk_lives_on_as_others_do():
    [party] = register_parties(SYSTEM, lives=[life(verified_at=None, edited_at=None)])
    assert not Listing.objects.filter(party=party).exists()
    services.approve_party(SYSTEM, party=party)
    party.refresh_from_db()
    assert party.status == PartyStatus.LISTED
    assert Listing.objects.filter(party=party).exists()
    assert not User.objects.get(email=life().email).has_usable_password()


# --- real names -----------------------------------------------------------------------------------


def named(name: str = "小满的厨房", **changes: Any) -> PartyLife:
    said = RealNameFields("林小满", id_number(), consents=True)
    return life(changes.pop("kind", PartyKind.CREATOR), name, **({"real_name": said} | changes))


def test_person_named_in_bulk_is_the_person_named_singly():
    one = named()
    [party] = register_parties(SYSTEM, lives=[one])
    in_bulk = RealName.objects.values().get(party=party)
    RealName.objects.all().delete()
    Party.objects.filter(pk=party.pk).update(status=PartyStatus.DRAFT, verified_at=None)
    party.refresh_from_db()
    with clock.standing_at(one.registered_at):
        services.give_real_name(person_of(party).actor, party=party, fields=one.real_name)
    with clock.standing_at(START + timedelta(hours=1)):
        services.submit_party(SYSTEM, party=party)
    with clock.standing_at(START + timedelta(days=1)):
        services.approve_party(SYSTEM, party=party)
    singly = RealName.objects.values().get(party=party)
    for row in (in_bulk, singly):
        assert bytes(row.pop("number_sealed"))
    assert in_bulk == singly
    identity = Consent.objects.filter(user=person_of(party).user, version__kind="identity")
    assert identity.count() == 1
    assert AuditEntry.objects.filter(verb="give_real_name").count() == 2


def test_waiting_person_is_named_and_not_verified():
    [party] = register_parties(SYSTEM, lives=[named(verified_at=None, edited_at=None)])
    assert RealName.objects.get(party=party).verified_at is None


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": PartyKind.MERCHANT},
        {"real_name": RealNameFields("林小满", "330106199506070010", consents=True)},
        {"real_name": RealNameFields("林小满", id_number(), consents=False)},
        {"real_name": RealNameFields("小林", id_number("20100101"), consents=True)},
    ],
    ids=["a firm", "check digit", "no consent", "minor"],
)
def test_who_is_named_wrongly_refuses_them_all(changes):
    with pytest.raises(Refused), transaction.atomic():
        register_parties(SYSTEM, lives=[named("甲"), named("乙", **changes)])
    assert not Party.objects.exists()
    assert not RealName.objects.exists()
