"""Registering, reviewing and listing a party; who may, and what stays as it was verified."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from portal.core import audit, clock
from portal.core.actor import Actor, anonymous_actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import services, staff
from portal.parties.models import (
    Category,
    City,
    CityYear,
    DocumentKind,
    DocumentRule,
    Membership,
    Party,
    PermitRule,
    ServiceType,
    StaffScope,
    User,
)
from portal.parties.reference import load_reference
from portal.parties.states import PartyKind, PartyStatus, Role
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def refused(status, service, *args, **kwargs):
    """The service refuses with this status, and nothing at all is written."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert str(caught.value.verdict.reason)
    assert snapshot() == before


def snapshot():
    return (
        list(Party.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
        Notice.objects.count(),
    )


def verbs(party):
    return [entry.verb for entry in audit.trail(party)]


def reread(party):
    return Party.objects.get(pk=party.pk)


def test_party_goes_from_draft_to_listed_by_its_owner_and_a_reviewer(stranger, reviewer):
    party = services.register_party(
        stranger.actor,
        kind=PartyKind.PROVIDER,
        fields=factories.party_fields("云帆电商"),
        provider=factories.provider_fields(),
    )
    assert party.status == PartyStatus.DRAFT
    owner = person_of(factories.with_papers(party))
    assert owner.user == stranger.user
    services.submit_party(owner.actor, party=party)
    services.return_party(reviewer.actor, party=party, note="  licence is blurred ")
    assert (reread(party).status, reread(party).status_note) == (
        PartyStatus.NEED_INFO,
        "licence is blurred",
    )
    services.submit_party(owner.actor, party=party)
    services.approve_party(reviewer.actor, party=party)
    party = reread(party)
    assert (party.status, party.status_note) == (PartyStatus.LISTED, "")
    assert party.verified_at is not None
    assert verbs(party) == [
        *("register_party", "submit_party", "return_party", "submit_party"),
        *("approve_party", "list_party"),
    ]
    told = list(Notice.objects.filter(user=stranger.user).order_by("pk"))
    assert [n.event for n in told] == ["party.returned", "party.approved"]
    with translation.override("en"):
        assert told[0].text == "The application of 云帆电商 needs more: licence is blurred"


def test_visitor_registers_nothing():
    fields = factories.party_fields()
    refused(
        403,
        services.register_party,
        anonymous_actor("web"),
        kind=PartyKind.MERCHANT,
        fields=fields,
    )


@pytest.mark.parametrize(
    "code",
    [
        "",
        "91330106MA0000001X",
        "123",
        "O" * 18,
        "91310115MA1K4QXY3B",
        "9133010\x006MA00000",
        "９１３３０１０６ＭＡ０００００１",
    ],
)
def test_code_with_a_wrong_check_digit_is_refused(stranger, code):
    fields = factories.party_fields(uscc=code)
    refused(422, services.register_party, stranger.actor, kind=PartyKind.MERCHANT, fields=fields)


def test_code_is_verified_once_in_a_role_and_again_in_another(stranger, merchant, reviewer):
    fields = factories.party_fields("again", uscc=merchant.party.uscc.lower())
    again = services.register_party(stranger.actor, kind=PartyKind.MERCHANT, fields=fields)
    services.submit_party(SYSTEM, party=factories.with_papers(again))
    refused(409, services.approve_party, reviewer.actor, party=again)
    made = services.register_party(
        stranger.actor,
        kind=PartyKind.PROVIDER,
        fields=fields,
        provider=factories.provider_fields(),
    )
    services.submit_party(SYSTEM, party=factories.with_papers(made))
    services.approve_party(reviewer.actor, party=made)
    assert made.uscc == merchant.party.uscc


@pytest.mark.parametrize("shares", [{"food": 99}, {"food": 101}, {"food": 60, "beauty": 50}])
def test_shares_that_are_not_a_whole_are_refused(stranger, shares):
    ids = {Category.objects.get(code=code).pk: share for code, share in shares.items()}
    fields = factories.party_fields(shares=ids)
    refused(422, services.register_party, stranger.actor, kind=PartyKind.MERCHANT, fields=fields)


def test_shares_below_one_are_refused(stranger):
    food, beauty = (Category.objects.get(code=code).pk for code in ("food", "beauty"))
    fields = factories.party_fields(shares={food: 100, beauty: 0})
    refused(422, services.register_party, stranger.actor, kind=PartyKind.MERCHANT, fields=fields)


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_low_fen": 5, "price_high_fen": 4},
        {"price_low_fen": -1},
        {"city_ids": [], "works_remotely": False},
    ],
)
def test_offer_that_cannot_be_is_refused(stranger, wrong):
    refused(
        422,
        services.register_party,
        stranger.actor,
        kind=PartyKind.PROVIDER,
        fields=factories.party_fields(),
        provider=factories.provider_fields(**wrong),
    )


def test_application_without_its_profile_is_not_handed_in(stranger):
    bare = services.register_party(
        SYSTEM,
        kind=PartyKind.PROVIDER,
        fields=factories.party_fields("a"),
        owner=stranger.user,
    )
    refused(422, services.submit_party, SYSTEM, party=bare)
    no_trade = services.register_party(
        SYSTEM,
        kind=PartyKind.MERCHANT,
        fields=factories.party_fields("b", shares={}),
        owner=stranger.user,
    )
    refused(422, services.submit_party, SYSTEM, party=no_trade)


def test_only_its_managers_change_a_party(merchant, colleague, provider, stranger, operator):
    fields = factories.party_fields("Other", uscc=merchant.party.uscc)
    for person in (colleague, provider, stranger, operator):
        refused(403, services.update_party, person.actor, party=merchant.party, fields=fields)
        refused(403, services.hide_party, person.actor, party=merchant.party)
        refused(403, services.submit_party, person.actor, party=merchant.party)


def test_verified_identity_stays(merchant):
    party = merchant.party
    same = {"uscc": party.uscc, "legal_name": party.legal_name}
    for change in ({"uscc": factories.uscc_code()}, {"legal_name": "Other Ltd"}):
        fields = factories.party_fields("新名", **(same | change))
        refused(409, services.update_party, merchant.actor, party=party, fields=fields)
    services.update_party(
        merchant.actor, party=party, fields=factories.party_fields("新名", **same)
    )
    assert (reread(party).name, reread(party).status) == ("新名", PartyStatus.LISTED)
    entry = audit.trail(party).last()
    assert (entry.before["name"], entry.after["name"]) == ("谷雨粒食品", "新名")


@pytest.mark.parametrize("status", ["submitted", "suspended", "closed"])
def test_party_is_not_edited_while_it_is_reviewed_or_stopped(merchant, status):
    Party.objects.filter(pk=merchant.party.pk).update(status=status)
    fields = factories.party_fields(uscc=merchant.party.uscc)
    refused(409, services.update_party, merchant.actor, party=merchant.party, fields=fields)


def test_review_is_for_reviewers_of_what_waits(merchant, colleague, stranger, reviewer):
    waiting = factories.submitted_party(PartyKind.MERCHANT, "沐白个护")
    applicant = person_of(waiting)
    fair = staff_person("fair")
    for person in (merchant, colleague, stranger, applicant, fair):
        refused(403, services.approve_party, person.actor, party=waiting)
        refused(403, services.return_party, person.actor, party=waiting, note="x")
    for note in ("", "   "):
        refused(422, services.return_party, reviewer.actor, party=waiting, note=note)
    refused(409, services.approve_party, reviewer.actor, party=merchant.party)
    services.approve_party(reviewer.actor, party=waiting)
    refused(409, services.approve_party, reviewer.actor, party=waiting)
    refused(409, services.return_party, reviewer.actor, party=waiting, note="late")


def test_regional_operator_answers_in_their_regions_only():
    west = staff_person("regional operator", regions=["southwest"])
    hangzhou = factories.submitted_party(PartyKind.MERCHANT, "沐白个护")
    chengdu = factories.submitted_party(
        PartyKind.MERCHANT, "锦里食品", city_id=City.objects.get(code="chengdu").pk
    )
    refused(403, services.approve_party, west.actor, party=hangzhou)
    refused(403, services.return_party, west.actor, party=hangzhou, note="x")
    services.approve_party(west.actor, party=chengdu)


def test_rights_of_a_time_boxed_operator_lapse():
    until = clock.now() + timedelta(days=1)
    boxed = staff_person("reviewer", until=until)
    waiting = factories.submitted_party(PartyKind.MERCHANT, "沐白个护")
    with clock.standing_at(until):
        late = User.objects.get(pk=boxed.user.pk)
        actor = Actor(user=late, party=None, role="operator", via="web")
        refused(403, services.approve_party, actor, party=waiting)
        assert boxed.browser().get("/admin/parties/party/").status_code == 403
    with clock.standing_at(until - timedelta(seconds=1)):
        assert boxed.browser().get("/admin/parties/party/").status_code == 200
        services.approve_party(boxed.actor, party=waiting)


def test_hidden_party_is_shown_again_by_its_managers(merchant):
    refused(409, services.list_party, merchant.actor, party=merchant.party)
    services.hide_party(merchant.actor, party=merchant.party)
    refused(409, services.hide_party, merchant.actor, party=merchant.party)
    services.list_party(merchant.actor, party=merchant.party)
    assert reread(merchant.party).status == PartyStatus.LISTED


@pytest.mark.django_db(transaction=True)
def test_reviewers_who_press_at_once_answer_once(reviewer, operator):
    waiting = factories.submitted_party(PartyKind.MERCHANT, "沐白个护")
    answers = factories.at_once(
        lambda: services.approve_party(reviewer.actor, party=waiting),
        lambda: services.return_party(operator.actor, party=waiting, note="blurred"),
        behind=Party.objects.filter(pk=waiting.pk),
    )
    (lost,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert lost.verdict.status == 409
    assert Notice.objects.filter(party_id=waiting.pk).count() == 1
    assert verbs(waiting)[2:] in (["approve_party", "list_party"], ["return_party"])


@pytest.mark.django_db(transaction=True)
def test_code_approved_at_once_for_two_is_verified_once(reviewer, operator):
    code = factories.uscc_code()
    first, second = (
        factories.submitted_party(PartyKind.MERCHANT, name, uscc=code) for name in ("甲", "乙")
    )
    answers = factories.at_once(
        lambda: services.approve_party(reviewer.actor, party=first),
        lambda: services.approve_party(operator.actor, party=second),
        behind=Party.objects.filter(pk__in=[first.pk, second.pk]),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Party", "Refused"]
    assert Party.objects.filter(verified_at__isnull=False).count() == 1


# --- staff and reference ----------------------------------------------------------------------


def test_only_an_administrator_grants_rights(operator, merchant, stranger):
    before = list(StaffScope.objects.values())
    for person in (operator, merchant, stranger):
        with pytest.raises(Refused) as caught:
            staff.grant_staff(person.actor, person=stranger.user, groups=[])
        assert caught.value.verdict.status == 403
    assert list(StaffScope.objects.values()) == before
    root = User.objects.create_superuser("root@example.com", name="root")
    actor = Actor(user=root, party=None, role="operator", via="admin")
    staff.grant_staff(actor, person=stranger.user, groups=[])
    assert not User.objects.get(pk=stranger.user.pk).is_staff
    assert AuditEntry.objects.filter(verb="grant_staff", user=root).count() == 1


@pytest.mark.parametrize("group", sorted(staff.GROUPS))
def test_group_gives_exactly_its_rights_and_takes_them_back(group):
    person = staff_person(group)
    assert person.user.get_all_permissions() == set(staff.GROUPS[group])
    staff.grant_staff(SYSTEM, person=person.user, groups=[])
    again = User.objects.get(pk=person.user.pk)
    assert (again.is_staff, again.get_all_permissions()) == (False, set())


def test_group_alone_without_staff_gives_no_right(reviewer):
    User.objects.filter(pk=reviewer.user.pk).update(is_staff=False)
    user = User.objects.get(pk=reviewer.user.pk)
    assert not Actor(user=user, party=None, role="person", via="web").has_perm(
        "parties.review_party"
    )


def test_reference_loaded_twice_changes_nothing(capsys):
    tables = (Category, ServiceType, City, CityYear, DocumentKind, DocumentRule, PermitRule)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    assert [len(rows) for rows in before] == [21, 18, 369, 98, 18, 16, 16]
    assert load_reference(SYSTEM) == 0
    call_command("load_reference")
    assert "0 rows added" in capsys.readouterr().out
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_reference_edited_keeps_its_edit_and_missing_rows_come_back():
    City.objects.filter(code="hangzhou").update(name_en="Hang Chow")
    CityYear.objects.filter(city__code="hangzhou").delete()
    assert load_reference(SYSTEM) == 2
    assert City.objects.get(code="hangzhou").name_en == "Hang Chow"


def test_tiers_of_2024_and_2025_differ_in_one_city():
    def cities(year, tier):
        return set(
            CityYear.objects.filter(year=year, tier=tier).values_list("city__name_zh", flat=True)
        )

    assert len(cities(2025, "first")) == 4
    assert len(cities(2025, "new_first")) == 15
    assert len(cities(2025, "second")) == 30
    assert cities(2024, "new_first") ^ cities(2025, "new_first") == {"无锡", "佛山"}


# --- what the database itself refuses ----------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "submitted", "submitted_at": None},
        {"verified_at": None},
        {"status": "need_info", "status_note": ""},
    ],
)
def test_party_that_cannot_be_is_refused_by_the_database(merchant, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.filter(pk=merchant.party.pk).update(**wrong)


def test_second_owner_is_refused_by_the_database(merchant, stranger):
    with pytest.raises(IntegrityError, match="one_owner"), transaction.atomic():
        Membership.objects.create(
            user=stranger.user, party=merchant.party, role=Role.OWNER, created_at=clock.now()
        )


def test_mail_address_in_other_capitals_is_the_same_person(stranger):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="STRANGER@example.com", name="x")
