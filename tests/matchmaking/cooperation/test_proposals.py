"""Proposed without a need: accepted, countered, declined, taken back, forgotten."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import AmendmentFields, PriceFields, Terms
from matchmaking.cooperation.models import Amendment, Cooperation
from matchmaking.cooperation.rules import can_propose_cooperation
from matchmaking.needs.services import block_party
from portal.core import clock
from portal.core.documents import digest_of
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.policies.models import DatedRule
from portal.policies.states import DatedKind
from portal.revenue import services as revenue
from portal.revenue.models import Agreement, AgreementVersion
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM, at_once

pytestmark = pytest.mark.django_db


def terms(**changes):
    values = {
        "title": "直播间代运营",
        "scope": "每周五场，含投流",
        "monthly_fee_fen": 3_000_000,
        "share_bp": 500,
        "starts_on": clock.today() + timedelta(days=5),
        "term_months": 3,
        "gmv_target_fen": 500_000_000,
        "refund_ladder": [[0, 10_000], [5_000, 4_000], [10_000, 0]],
    }
    return Terms(**(values | changes))


def proposed(by, to, **changes):
    return services.propose_cooperation(by.actor, other=to.party, terms=terms(**changes))


def waiting(cooperation):
    return cooperation.amendments.open().get()


def reread(row):
    return type(row)._default_manager.get(pk=row.pk)


def test_proposal_is_nothing_until_it_is_accepted(merchant, provider):
    made = proposed(merchant, provider)
    assert (made.status, made.version, made.agreed_at) == ("proposed", 0, None)
    assert (made.merchant, made.provider, made.door) == (merchant.party, provider.party, "direct")
    assert not made.versions.exists()
    assert waiting(made).before == {}
    version = AgreementVersion.objects.get()
    assert (version.status, version.agreement) == ("open", made.agreement)
    with pytest.raises(Refused):
        services.reveal_contact(merchant.actor, cooperation=made)
    services.accept_amendment(provider.actor, amendment=waiting(made))
    made = reread(made)
    assert (made.status, made.version) == ("accepted", 1)
    assert made.agreed_at is not None
    written = made.versions.get()
    assert digest_of(written.content) == written.digest
    version.refresh_from_db()
    assert (version.status, version.in_force.lower) == ("accepted", made.starts_on)
    assert version.data["components"] == [
        {"code": "provider_fee", "rate_bp": 500, "party": "payee"}
    ]
    assert "每周五场" in version.clauses


def test_counter_offers_go_back_and_forth_until_one_is_accepted(merchant, provider):
    made = proposed(provider, merchant)
    first = waiting(made)
    second = services.counter_amendment(
        merchant.actor,
        amendment=first,
        fields=AmendmentFields(price=PriceFields(2_000_000, 600), title="直播间代运营（试行）"),
    )
    assert (reread(first).status, reread(made).status) == ("countered", "countered")
    assert second.after == first.after | {
        "monthly_fee_fen": 2_000_000,
        "share_bp": 600,
        "title": "直播间代运营（试行）",
    }
    with pytest.raises(Refused):  # one answers the other's
        services.accept_amendment(merchant.actor, amendment=second)
    third = services.counter_amendment(
        provider.actor, amendment=second, fields=AmendmentFields(notice_days=15)
    )
    services.accept_amendment(merchant.actor, amendment=third)
    made = reread(made)
    assert (made.status, made.title, made.share_bp, made.notice_days) == (
        "accepted",
        "直播间代运营（试行）",
        600,
        15,
    )
    assert list(AgreementVersion.objects.order_by("number").values_list("number", "status")) == [
        (1, "countered"),
        (2, "countered"),
        (3, "accepted"),
    ]
    assert [one.status for one in Amendment.objects.order_by("at")] == [
        "countered",
        "countered",
        "accepted",
    ]


def test_counter_that_changes_nothing_is_none(merchant, provider):
    made = proposed(merchant, provider)
    with pytest.raises(Refused):
        services.counter_amendment(
            provider.actor, amendment=waiting(made), fields=AmendmentFields()
        )
    assert Amendment.objects.count() == AgreementVersion.objects.count() == 1


@pytest.mark.parametrize("way", ["decline", "withdraw", "expire"])
def test_proposal_that_comes_to_nothing(merchant, provider, way):
    made = proposed(merchant, provider)
    amendment = waiting(made)
    if way == "decline":
        services.decline_amendment(provider.actor, amendment=amendment)
    elif way == "withdraw":
        services.withdraw_amendment(merchant.actor, amendment=amendment)
    else:
        with clock.standing_at(clock.now() + timedelta(days=8)):
            assert services.expire_amendments(SYSTEM) == 1
            assert services.expire_amendments(SYSTEM) == 0
    made = reread(made)
    assert made.status == "lapsed"
    assert reread(amendment).status == AgreementVersion.objects.get().status
    assert Notice.objects.filter(event__startswith="cooperation.amendment").exists()
    assert proposed(merchant, provider).status == "proposed"  # another try


def test_change_of_what_holds_is_countered_too(running, merchant, provider):
    first = services.propose_amendment(
        merchant.actor, cooperation=running, fields=AmendmentFields(notice_days=10)
    )
    second = services.counter_amendment(
        provider.actor, amendment=first, fields=AmendmentFields(notice_days=20)
    )
    assert (reread(running).status, reread(running).version) == ("active", 1)
    services.accept_amendment(merchant.actor, amendment=second)
    running.refresh_from_db()
    assert (running.notice_days, running.version) == (20, 2)
    held = running.agreement.versions.filter(status="accepted").order_by("number")
    before, now = (one.in_force for one in held)
    assert now.lower == clock.today() + timedelta(days=1)
    assert before.upper == now.lower


def test_paper_of_a_cooperation_is_negotiated_there(merchant, provider):
    made = proposed(merchant, provider)
    version = AgreementVersion.objects.get()
    for call in (revenue.accept_version, revenue.decline_version):
        with pytest.raises(Refused) as caught:
            call(provider.actor, version=version)
        assert caught.value.verdict.status == 409
    with pytest.raises(Refused):
        revenue.withdraw_version(merchant.actor, version=version)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        assert revenue.expire_versions(SYSTEM) == 0
    assert reread(made).status == "proposed"


def test_database_keeps_both_in_one_state(merchant, provider):
    made = proposed(merchant, provider)
    amendment = waiting(made)

    def one_sided():
        AgreementVersion.objects.filter(pk=amendment.paper_id).update(
            status="declined", answered_at=clock.now()
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="one state"), transaction.atomic():
        one_sided()


def test_end_cuts_the_paper(running, merchant, provider):
    services.complete_cooperation(merchant.actor, cooperation=running)
    services.complete_cooperation(provider.actor, cooperation=running)
    version = running.agreement.versions.get()
    assert version.in_force.upper == clock.today() + timedelta(days=1)


def test_who_may_propose(merchant, provider, rival, colleague, stranger, agency):
    for by, to, status in (
        (colleague, provider, 403),
        (stranger, provider, 403),
        (provider, rival, 422),
        (merchant, merchant, 422),
    ):
        with pytest.raises(Refused) as caught:
            proposed(by, to)
        assert caught.value.verdict.status == status
    proposed(merchant, provider)
    with pytest.raises(Refused):  # one at a time between two
        proposed(provider, merchant)
    assert proposed(merchant, agency).agreement.role == "commission"
    assert Cooperation.objects.count() == Agreement.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"monthly_fee_fen": 0, "share_bp": 0},
        {"title": ""},
        {"scope": " "},
        {"term_months": 0},
        {"refund_ladder": [[0, 5_000], [5_000, 6_000]]},
        {"gmv_target_fen": None},
        {"settlement_base": "wishes"},
    ],
)
def test_terms_that_are_none_are_refused(merchant, provider, wrong):
    with pytest.raises(Refused) as caught:
        proposed(merchant, provider, **wrong)
    assert caught.value.verdict.status == 422
    assert not Cooperation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_accepting_and_countering_at_once_is_one_of_them(merchant, provider):
    made = proposed(merchant, provider)
    amendment = waiting(made)
    answers = at_once(
        lambda: services.accept_amendment(provider.actor, amendment=amendment),
        lambda: services.counter_amendment(
            provider.actor, amendment=amendment, fields=AmendmentFields(notice_days=9)
        ),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert reread(made).status in {"accepted", "countered"}


@pytest.mark.django_db(transaction=True)
def test_both_propose_at_once_and_one_proposal_waits(merchant, provider):
    answers = at_once(lambda: proposed(merchant, provider), lambda: proposed(provider, merchant))
    assert [one.verdict.status for one in answers if isinstance(one, Refused)] == [409]
    assert Cooperation.objects.count() == 1


def most(kind, value):
    now = clock.now()
    DatedRule.objects.create(
        kind=kind,
        value=value,
        starts_on=clock.today(),
        source="公告",
        checked_on=clock.today(),
        status="approved",
        proposed_at=now,
        decided_at=now,
    )


def test_a_day_has_so_many_proposals_and_answers_are_none(merchant, provider, creator, agency):
    most(DatedKind.PROPOSALS_SENT, 2)
    made = proposed(merchant, provider)
    fields = AmendmentFields(price=PriceFields(2_000_000, 400))
    services.counter_amendment(provider.actor, amendment=waiting(made), fields=fields)
    proposed(merchant, creator)
    refusal = can_propose_cooperation(merchant.actor, agency.party)
    assert (refusal.status, clock.today().isoformat() in str(refusal.reason)) == (409, True)
    with pytest.raises(Refused):
        proposed(merchant, agency)
    assert Cooperation.objects.count() == 2
    with clock.standing_at(clock.now() + timedelta(days=1)):
        proposed(merchant, agency)


def test_blocked_reads_what_everybody_reads_whom_a_full_day_refuses(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    block_party(provider.actor, proposal=proposal)
    blocked = can_propose_cooperation(merchant.actor, provider.party)
    with pytest.raises(Refused):
        proposed(merchant, provider)
    assert not Cooperation.objects.exists()
    other = factories.listed_party("merchant", "旁人")
    most(DatedKind.PROPOSALS_TAKEN, 0)
    full = can_propose_cooperation(person_of(other).actor, provider.party)
    assert (blocked.status, str(blocked.reason)) == (full.status, str(full.reason))
