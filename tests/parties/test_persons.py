"""Natural persons: real names, ID numbers sealed, and guardians."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock, vault
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import rules, services
from portal.parties.fields import GuardianFields
from portal.parties.models import Guardian, RealName
from portal.parties.states import PartyKind
from portal.policies.models import Consent
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
PARENT = GuardianFields(name="林父", phone="13900008888", agrees=True)


@pytest.fixture
def artist():
    """The owner of a creator that has shown nothing yet."""
    return person_of(factories.draft_party(PartyKind.CREATOR, "小满的厨房", has_papers=False))


def born(years: int) -> str:
    """Somebody of this age, whose birthday was yesterday or today."""
    today = clock.today()
    return f"{today.year - years}{min(today.month, 12):02d}{min(today.day, 28):02d}"


def give(person, **changes):
    fields = factories.real_name_fields(**changes)
    return services.give_real_name(person.actor, party=person.party, fields=fields)


def refused(status, service, *args, **kwargs):
    before = (RealName.objects.count(), Consent.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert before == (
        RealName.objects.count(),
        Consent.objects.count(),
        AuditEntry.objects.count(),
    )
    return {flaw.field for flaw in caught.value.verdict.flaws}


def test_number_is_sealed_and_leaves_masked(artist):
    number = factories.id_number()
    real_name = give(artist, number=number.lower())
    assert vault.unseal(real_name.number_sealed) == number
    assert number.encode() not in bytes(real_name.number_sealed)
    assert real_name.masked_number == f"**************{number[-4:]}"
    assert Consent.objects.standing().filter(user=artist.user, version__kind="identity").exists()
    assert not [e for e in AuditEntry.objects.all() if number in str((e.before, e.after, e.why))]
    page = artist.browser().get(f"/parties/{artist.party.pk}/documents/").content.decode()
    assert number not in page
    assert number[-4:] in page


@pytest.mark.parametrize("number", ["", "330106199506071234", "33010619950607123X", "abc" * 6])
def test_number_with_a_wrong_check_digit_is_refused(artist, number):
    number = "330106199506070000" if number == "330106199506071234" else number
    assert refused(422, give, artist, number=number) == {"number"}


def test_consent_is_asked_apart(artist):
    assert refused(422, give, artist, consents=False) == {"consents"}


def test_under_sixteen_is_refused(artist):
    number = factories.id_number(born(15))
    assert refused(422, give, artist, number=number, guardian=PARENT) == {"number"}


@pytest.mark.parametrize(
    ("guardian", "flaws"),
    [
        (None, {"guardian_name", "guardian_phone", "guardian_agrees"}),
        (GuardianFields("林父", "", True), {"guardian_phone"}),
        (GuardianFields("林父", "13900008888", False), {"guardian_agrees"}),
        (GuardianFields(" ", "13900008888", True), {"guardian_name"}),
    ],
)
def test_at_sixteen_a_guardian_is_needed(artist, guardian, flaws):
    number = factories.id_number(born(16))
    assert refused(422, give, artist, number=number, guardian=guardian) == flaws


def test_minor_is_listed_with_the_guardian_only(artist, reviewer):
    give(artist, number=factories.id_number(born(17)), guardian=PARENT)
    wanted = {i.kind.code for i in rules.checklist(artist.party) if i.is_required}
    assert wanted == {"real-name-id", "guardian-consent"}
    factories.document(artist.party, "real-name-id", actor=artist.actor)
    refused(422, services.submit_party, artist.actor, party=artist.party)
    factories.document(artist.party, "guardian-consent", actor=artist.actor)
    party = services.submit_party(artist.actor, party=artist.party)
    refused(422, services.approve_party, reviewer.actor, party=party)
    services.approve_party(reviewer.actor, party=party, guardian_confirmed=True)
    guardian = Guardian.objects.get()
    assert guardian.confirmed_by == reviewer.user
    assert "13900008888" not in str(guardian)


def test_adult_needs_no_guardian(artist, reviewer):
    give(artist, number=factories.id_number(born(18)), guardian=PARENT)
    assert not Guardian.objects.exists()
    factories.document(artist.party, "real-name-id", actor=artist.actor)
    party = services.submit_party(artist.actor, party=artist.party)
    services.approve_party(reviewer.actor, party=party)
    assert RealName.objects.get().verified_at is not None
    refused(409, give, artist)


def test_firm_gives_no_real_name(merchant, stranger, artist):
    fields = factories.real_name_fields()
    refused(409, services.give_real_name, merchant.actor, party=merchant.party, fields=fields)
    refused(403, services.give_real_name, stranger.actor, party=artist.party, fields=fields)


def ready(name, number):
    person = person_of(factories.draft_party(PartyKind.CREATOR, name, has_papers=False))
    give(person, number=number)
    factories.document(person.party, "real-name-id", actor=person.actor)
    return services.submit_party(person.actor, party=person.party)


def test_person_is_verified_once_in_a_role(reviewer, settings):
    number = factories.id_number()
    first, second = ready("小满", number), ready("大满", number)
    services.approve_party(reviewer.actor, party=first)
    refused(409, services.approve_party, reviewer.actor, party=second)
    settings.DATA_KEYS = ["a new key", *settings.DATA_KEYS]
    third = ready("再满", number)
    refused(409, services.approve_party, reviewer.actor, party=third)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_verify_one_person_at_the_same_moment():
    number = factories.id_number()
    parties = [ready("小满", number), ready("大满", number)]
    answers = factories.at_once(
        *(lambda party=party: services.approve_party(SYSTEM, party=party) for party in parties)
    )
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.verdict.status for refusal in refusals] == [409]
    assert RealName.objects.filter(verified_at__isnull=False).count() == 1


def test_keys_are_rotated(artist, settings):
    number = factories.id_number()
    real_name = give(artist, number=number)
    old, print_before = settings.DATA_KEYS, real_name.number_print
    settings.DATA_KEYS = ["a new key", *old]
    assert services.reseal_everything() == 1
    settings.DATA_KEYS = ["a new key"]
    real_name.refresh_from_db()
    assert vault.unseal(real_name.number_sealed) == number
    assert real_name.number_print != print_before
    assert real_name.number_print == vault.fingerprint(number, "id-number")


@given(st.dates(date(1950, 1, 1), date(2020, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_age_grows_on_the_birthday_alone(born_on, today):
    age = rules.age_of(born_on, today)
    assert age * 365 <= (today - born_on).days <= (age + 1) * 366
    assert rules.age_of(born_on, today) <= rules.age_of(born_on, date(today.year + 1, 1, 1))


# --- given after the party was verified -----------------------------------------------------------


@pytest.fixture
def late(creator):
    """A listed creator's name, which no application brings before a reviewer."""
    return give(creator)


def test_late_name_is_checked_and_counts(late, creator, reviewer):
    assert list(RealName.objects.to_check()) == [late]
    services.confirm_real_name(reviewer.actor, real_name=late)
    late.refresh_from_db()
    assert late.verified_at is not None
    assert not RealName.objects.to_check().exists()
    told = Notice.objects.filter(user=creator.user, event="party.real_name_confirmed")
    assert told.count() == 1
    assert refused(409, services.confirm_real_name, reviewer.actor, real_name=late) == set()


def test_refused_name_is_not_kept_and_may_be_given_anew(late, creator, reviewer):
    services.refuse_real_name(reviewer.actor, real_name=late, reason="与人像不符。")
    assert not RealName.objects.exists()
    notice = Notice.objects.get(user=creator.user, event="party.real_name_refused")
    assert "与人像不符。" in notice.text
    assert refused(409, services.confirm_real_name, reviewer.actor, real_name=late) == set()
    again = give(creator)
    assert refused(422, services.refuse_real_name, reviewer.actor, real_name=again, reason=" ")


def test_who_may_not_check_a_name(late, creator, merchant, artist, reviewer):
    west = staff_person("regional operator", regions=["north"])
    for person in (creator, merchant, west):
        assert refused(403, services.confirm_real_name, person.actor, real_name=late) == set()
    early = give(artist)
    assert refused(409, services.confirm_real_name, reviewer.actor, real_name=early) == set()
    assert list(RealName.objects.to_check()) == [late]


def test_late_name_of_somebody_registered_is_refused(late, reviewer):
    services.confirm_real_name(reviewer.actor, real_name=late)
    other = person_of(factories.listed_party(PartyKind.CREATOR, "另一个小满"))
    same = give(other, number=vault.unseal(late.number_sealed))
    assert refused(409, services.confirm_real_name, reviewer.actor, real_name=same) == set()


def test_late_minor_needs_the_guardians_word(creator, reviewer):
    late = give(creator, number=factories.id_number(born(16)), guardian=PARENT)
    assert refused(422, services.confirm_real_name, reviewer.actor, real_name=late) == set()
    page = f"/admin/parties/realname/{late.pk}/check/"
    browser = reviewer.browser()
    assert "guardian_confirmed" in browser.get(page).content.decode()
    answer = browser.post(page, {"decision": "accept", "guardian_confirmed": "on"})
    assert answer.status_code == 302
    assert Guardian.objects.get().confirmed_by == reviewer.user
    queue = [q for q in browser.get("/workbench/").context["queues"] if "realname" in q.url]
    assert [q.count for q in queue] == [0]
