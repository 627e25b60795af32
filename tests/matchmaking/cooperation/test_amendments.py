"""Changes of what was agreed: proposed by one side, accepted by the other, kept as versions."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.cooperation import selectors, services
from matchmaking.cooperation.fields import AmendmentFields, PriceFields
from matchmaking.cooperation.models import (
    Amendment,
    Cooperation,
    Version,
    price_from,
    put_terms,
    terms_of,
)
from matchmaking.cooperation.states import AmendmentStatus
from matchmaking.engine.pricing import PriceForm
from portal.core import clock
from portal.core.documents import digest_of
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Membership
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM, at_once

pytestmark = pytest.mark.django_db

PRICES = {
    PriceForm.FIXED: PriceFields(4_200_000),
    PriceForm.SHARE: PriceFields(0, 800),
    PriceForm.BOTH: PriceFields(2_000_000, 500),
    PriceForm.LADDER: PriceFields(2_000_000, 500, [[0, 500], [500_000_000, 300]]),
    PriceForm.GUARANTEE: PriceFields(2_000_000, 500, is_guarantee=True),
}


def propose(person, cooperation, version=None, **said):
    fields = AmendmentFields(**(said or {"scope": "每日直播 6 小时，周报一次。"}))
    return services.propose_amendment(
        person.actor, cooperation=cooperation, fields=fields, version=version
    )


def refused(call, status):
    before = AuditEntry.objects.count(), Version.objects.count(), Amendment.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        call()
    assert caught.value.verdict.status == status
    after = AuditEntry.objects.count(), Version.objects.count(), Amendment.objects.count()
    assert after == before
    return caught.value.verdict


# --- what is agreed -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", PriceForm)
def test_price_of_every_form_is_changed_and_told(running, merchant, provider, form):
    was = terms_of(running)
    amendment = propose(merchant, running, price=PRICES[form], note="按季度调整")
    running.refresh_from_db()
    assert (terms_of(running), running.version) == (was, 1), "nothing changes before it is accepted"
    services.accept_amendment(provider.actor, amendment=amendment)
    running.refresh_from_db()
    assert (running.price.form, running.version) == (form, 2)
    amendment.refresh_from_db()
    assert (amendment.before, amendment.after) == (was, terms_of(running))
    assert (amendment.answered_party, amendment.answered_by) == (provider.party, provider.user)
    version = running.versions.get(number=2)
    assert (version.accepted_side, version.accepted_by) == ("provider", provider.user)
    assert version.at == amendment.answered_at
    assert digest_of(version.content) == version.digest


def test_every_form_of_price_has_words_of_its_own():
    prices = [
        price_from(p.monthly_fee_fen, p.share_bp, p.ladder, p.is_guarantee)
        for p in (PRICES[form] for form in PriceForm)
    ]
    with translation.override("en"):
        told = [selectors.price_in_words(price) for price in prices]
    assert len(set(told)) == len(PriceForm)
    assert told[-2:] == [
        "¥20,000 a month + 5% of settled net GMV · above ¥5,000,000: 3%",
        "the greater of ¥20,000 a month and 5% of settled net GMV",
    ]


def test_target_term_and_notice_change_and_the_rest_stays(running, merchant, provider):
    was = terms_of(running)
    later = running.ends_on + timedelta(days=60)
    amendment = propose(
        merchant, running, ends_on=later, gmv_target_fen=900_000_000, notice_days=15, payment_day=5
    )
    services.accept_amendment(provider.actor, amendment=amendment)
    running.refresh_from_db()
    changed = {
        "ends_on": later.isoformat(),
        "gmv_target_fen": 900_000_000,
        "notice_days": 15,
        "payment_day": 5,
    }
    assert terms_of(running) == was | changed
    taken = propose(provider, running, gmv_target_fen=None, payment_day=None)
    services.accept_amendment(merchant.actor, amendment=taken)
    running.refresh_from_db()
    assert (running.gmv_target_fen, running.payment_day, running.version) == (None, None, 3)


def test_one_open_change_answered_by_the_other_side(running, merchant, provider):
    amendment = propose(merchant, running)
    refused(lambda: propose(provider, running, notice_days=10), 409)
    refused(lambda: services.accept_amendment(merchant.actor, amendment=amendment), 409)
    refused(lambda: services.withdraw_amendment(provider.actor, amendment=amendment), 409)
    services.decline_amendment(provider.actor, amendment=amendment)
    running.refresh_from_db()
    assert running.version == 1
    refused(lambda: services.accept_amendment(provider.actor, amendment=amendment), 409)
    told = list(Notice.objects.order_by("pk").values_list("event", "user"))
    assert told == [
        ("cooperation.amendment_proposed", provider.user.pk),
        ("cooperation.amendment_declined", merchant.user.pk),
    ]


def test_withdrawn_change_is_told_and_the_trail_says_what_differs(running, merchant, provider):
    amendment = propose(merchant, running, notice_days=10, scope="别的范围", note="提前一些")
    services.withdraw_amendment(merchant.actor, amendment=amendment)
    events = list(Notice.objects.order_by("pk").values_list("event", flat=True))
    assert events == ["cooperation.amendment_proposed", "cooperation.amendment_withdrawn"]
    entry = AuditEntry.objects.get(verb="withdraw_amendment")
    assert (entry.before, entry.after["notice_days"]) == ({"notice_days": 30}, 10)
    assert "scope" not in entry.after, "the texts stand in the version"


def test_unanswered_change_expires_in_seven_days(running, merchant, provider):
    amendment = propose(merchant, running)
    later = clock.now() + timedelta(days=7)
    assert services.expire_amendments(SYSTEM) == 0
    with clock.standing_at(later):
        refused(lambda: services.accept_amendment(provider.actor, amendment=amendment), 409)
        assert services.expire_amendments(SYSTEM) == 1
        assert services.expire_amendments(SYSTEM) == 0
    amendment.refresh_from_db()
    assert (amendment.status, amendment.answered_party) == (AmendmentStatus.EXPIRED, None)
    running.refresh_from_db()
    assert running.version == 1


def test_change_ends_with_the_cooperation(running, merchant, provider):
    amendment = propose(merchant, running)
    for person in (merchant, provider):
        services.complete_cooperation(person.actor, cooperation=running)
    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.EXPIRED


def test_change_of_what_was_changed_meanwhile_is_refused(running, merchant, provider):
    """A page that was opened before would take back what was agreed since."""
    services.accept_amendment(
        merchant.actor, amendment=propose(provider, running, version=1, notice_days=60)
    )
    refused(lambda: propose(merchant, running, version=1, price=PriceFields(3_000_000)), 409)
    page = merchant.browser().post(
        f"{running.get_absolute_url()}amendments/new/",
        {
            "monthly_fee": "30,000",
            "last_day": running.last_day.isoformat(),
            "scope": running.scope,
            "notice_days": "30",
            "version": "1",
        },
    )
    assert page.status_code == 200, "the form again, with the reason"
    running.refresh_from_db()
    assert (running.notice_days, running.amendments.count()) == (60, 1)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"scope": " "}, "scope"),
        ({"scope": "x" * 5_001}, "scope"),
        ({"price": PriceFields()}, "monthly_fee_fen"),
        ({"price": PriceFields(0, 500, [[0, 500], [0, 300]])}, "ladder"),
        ({"price": PriceFields(0, 500, [[0, 400], [9, 300]])}, "ladder"),
        ({"gmv_target_fen": 0}, "gmv_target_fen"),
        ({"gmv_target_fen": 10**18}, "gmv_target_fen"),
        ({"notice_days": 0}, "notice_days"),
        ({"notice_days": 181}, "notice_days"),
        ({"payment_day": 29}, "payment_day"),
        ({"service_level": "x" * 1_001}, "service_level"),
        ({"notice_days": 10, "note": "x" * 301}, "note"),
        ({"notice_days": 30}, "scope"),  # as it is
    ],
)
def test_change_that_cannot_be_is_refused_beside_its_field(running, merchant, said, field):
    verdict = refused(lambda: propose(merchant, running, **said), 422)
    assert [flaw.field for flaw in verdict.flaws] == [field]


@pytest.mark.parametrize("days", [-4_000, 4_000])
def test_last_day_lies_ahead_and_within_five_years(running, merchant, days):
    ends_on = running.ends_on + timedelta(days=days)
    refused(lambda: propose(merchant, running, ends_on=ends_on), 422)


# --- what the database itself refuses -------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"monthly_fee_fen": 1},
        {"share_bp": 9_999},
        {"scope": "别的"},
        {"notice_days": 1},
        {"version": 2},
        {"team": "别人"},
    ],
)
def test_what_was_agreed_changes_no_other_way(running, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperation.objects.filter(pk=running.pk).update(**wrong)


def test_open_or_declined_change_makes_no_version(running, merchant, provider):
    amendment = propose(merchant, running, notice_days=10)
    for _again in range(2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Cooperation.objects.filter(pk=running.pk).update(notice_days=10, version=2)
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.create(
                cooperation=running,
                number=2,
                amendment=amendment,
                content={},
                digest="0" * 64,
                accepted_side="provider",
                at=clock.now(),
            )
        services.decline_amendment(provider.actor, amendment=amendment) if not _again else None


def test_answer_and_what_was_proposed_are_never_rewritten(running, merchant, provider):
    amendment = propose(merchant, running, notice_days=10)
    mine = Amendment.objects.filter(pk=amendment.pk)
    for wrong in ({"after": {}}, {"number": 7}, {"status": "accepted", "answered_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():  # the side that proposed it
        mine.update(status="accepted", answered_at=clock.now(), answered_party=amendment.party_id)
    services.decline_amendment(provider.actor, amendment=amendment)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(status="accepted")


def test_version_is_never_changed_nor_left_out(running, now_constraints):
    version = running.versions.get()
    for call in (
        lambda: Version.objects.filter(pk=version.pk).update(digest="0" * 64),
        lambda: Version.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            call()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cooperation_version")
        assert cursor.fetchone() == (1,)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperation.objects.create(
            merchant=running.merchant,
            provider=running.provider,
            door="need",
            door_ref="99",
            title="没有版本",
            scope="x",
            monthly_fee_fen=1,
            share_bp=0,
            starts_on=running.starts_on,
            ends_on=running.ends_on,
            agreed_at=clock.now(),
        )


# --- versions -------------------------------------------------------------------------------------

STEPS = st.fixed_dictionaries(
    {
        "price": st.none() | st.sampled_from(list(PRICES.values())),
        "gmv_target_fen": st.none() | st.integers(1, 10**12),
        "notice_days": st.integers(1, 180),
        "payment_day": st.none() | st.integers(1, 28),
    }
)
ENDS = st.sampled_from(["accept", "decline", "withdraw"])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(STEPS, ENDS, st.booleans()), max_size=5))
def test_replaying_the_accepted_changes_gives_what_holds_now(running, merchant, provider, changes):
    with transaction.atomic():
        for said, end, is_merchants in changes:
            one, other = (merchant, provider) if is_merchants else (provider, merchant)
            running.refresh_from_db()
            try:
                with transaction.atomic():
                    amendment = propose(one, running, **said)
            except Refused:  # nothing would change
                continue
            if end == "withdraw":
                services.withdraw_amendment(one.actor, amendment=amendment)
            else:
                answer = getattr(services, f"{end}_amendment")
                answer(other.actor, amendment=amendment)
        running.refresh_from_db()
        accepted = running.amendments.filter(status="accepted").order_by("number")
        replayed = Cooperation(agreed_at=running.agreed_at)
        first = running.versions.get(number=1)
        put_terms(replayed, {name: first.content[name] for name in terms_of(running)})
        for change in accepted:
            assert terms_of(replayed) == change.before
            put_terms(replayed, change.after)
            told = running.versions.get(number=change.number)
            assert {name: told.content[name] for name in change.after} == change.after
        assert terms_of(replayed) == terms_of(running)
        assert running.version == 1 + accepted.count() == running.versions.count()
        transaction.set_rollback(True)
    running.refresh_from_db()


def test_versions_say_who_accepted_when_and_what_changed(running, merchant, provider):
    amendment = propose(provider, running, price=PRICES[PriceForm.FIXED], scope="新的范围")
    services.accept_amendment(merchant.actor, amendment=amendment)
    running.refresh_from_db()
    newest, first = selectors.versions_of(merchant.actor, running)
    assert (newest.is_current, first.is_current) == (True, False)
    assert (newest.accepted_by, newest.proposed_by) == (merchant.party, provider.party)
    assert newest.person == str(merchant.user)
    assert [change.new for change in newest.changes][-1] == "新的范围"
    assert first.changes == []
    theirs, _first = selectors.versions_of(provider.actor, running)
    assert theirs.person == "", "who signs at the other side is its business"


def test_page_asks_as_often_for_one_version_as_for_three(
    running, merchant, provider, django_assert_max_num_queries
):
    browser = merchant.browser()
    browser.get(running.get_absolute_url())
    with django_assert_max_num_queries(60) as first:
        browser.get(running.get_absolute_url())
    for days in (40, 50):
        running.refresh_from_db()
        amendment = propose(merchant, running, notice_days=days)
        services.accept_amendment(provider.actor, amendment=amendment)
    with django_assert_max_num_queries(len(first) + 0):
        browser.get(running.get_absolute_url())


# --- at the same moment ---------------------------------------------------------------------------


@pytest.fixture
def manager(provider):
    user = factories.user("manager@example.com", "经理")
    Membership.objects.create(
        user=user, party=provider.party, role=Role.MANAGER, created_at=provider.party.created_at
    )
    return person_of(provider.party, user, Role.MANAGER)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["accept", "decline", "withdraw"])
def test_two_who_decide_at_once_are_one_decision(agreed, merchant, provider, manager, other):
    amendment = propose(merchant, agreed, price=PRICES[PriceForm.SHARE])
    second = merchant if other == "withdraw" else manager
    results = at_once(
        lambda: services.accept_amendment(provider.actor, amendment=amendment),
        lambda: getattr(services, f"{other}_amendment")(second.actor, amendment=amendment),
        behind=Cooperation.objects.filter(pk=agreed.pk),
    )
    [lost] = [one for one in results if isinstance(one, Refused)]
    assert lost.verdict.status == 409
    amendment.refresh_from_db()
    agreed.refresh_from_db()
    is_accepted = amendment.status == AmendmentStatus.ACCEPTED
    assert is_accepted == (agreed.version == 2) == (agreed.share_bp == 800)
    assert agreed.versions.count() == agreed.version


@pytest.mark.django_db(transaction=True)
def test_two_who_propose_at_once_make_one_change(agreed, merchant, provider):
    results = at_once(
        lambda: propose(merchant, agreed, version=1, notice_days=10),
        lambda: propose(provider, agreed, version=1, notice_days=20),
        behind=Cooperation.objects.filter(pk=agreed.pk),
    )
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert agreed.amendments.count() == 1
