"""Introductions from the wish to the outcome: every step, every refusal, two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.brokerage import services, states
from matchmaking.brokerage.fields import IntroductionFields, Outcome, SignedTerms
from matchmaking.brokerage.models import Introduction, Representation
from matchmaking.brokerage.states import OPEN, TRANSITIONS, IntroductionStatus
from matchmaking.cooperation.models import Cooperation
from portal.core import clock
from portal.core.files import can_read_file
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Membership, Party
from portal.parties.services import close_party
from portal.parties.states import PartyKind
from tests import factories
from tests.core.files import samples
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    """The sentences compared here are the source's."""
    with translation.override("en"):
        yield


def wish(**changes):
    facts = {
        "subject": "年货节专场",
        "brief": "专场直播一场，礼盒首发。",
        "budget_fen": 30_000_000,
        "wanted_by": clock.today() + timedelta(days=14),
    }
    return IntroductionFields(**facts | changes)


@pytest.fixture
def represented(creator):
    services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
    return creator


@pytest.fixture
def asked(merchant, represented):
    return services.ask_introduction(merchant.actor, creator=represented.party, fields=wish())


def paper():
    return SimpleUploadedFile("contract.pdf", samples.pdf(), "application/pdf")


def agreed(asked, represented, operator):
    row = services.take_introduction(operator.actor, introduction=asked)
    row = services.offer_introduction(operator.actor, introduction=row)
    return services.answer_introduction(represented.actor, introduction=row, agrees=True)


def test_whole_way(asked, merchant, represented, operator, rival):
    row = agreed(asked, represented, operator)
    assert Notice.objects.get(user=represented.user, event="introduction.offered")
    row = services.sign_introduction(
        operator.actor, introduction=row, contract=paper(), signed_on=clock.today()
    )
    assert can_read_file(merchant.actor, row.contract)
    assert can_read_file(represented.actor, row.contract)
    assert not can_read_file(rival.actor, row.contract)
    outcome = Outcome(True, "专场按期完成。", 412_360_000)
    row = services.end_introduction(operator.actor, introduction=row, outcome=outcome)
    row.refresh_from_db()
    assert (row.status, row.gmv_fen, row.outcome) == ("succeeded", 412_360_000, "专场按期完成。")
    assert row.ended_at is not None
    told = Notice.objects.filter(user=merchant.user, event__startswith="introduction.")
    assert set(told.values_list("event", flat=True)) == {
        "introduction.taken",
        "introduction.answered",
        "introduction.signed",
        "introduction.ended",
    }


def test_signed_contract_of_a_merchant_becomes_a_cooperation(
    asked, merchant, represented, operator
):
    row = agreed(asked, represented, operator)
    signed = {"contract": paper(), "signed_on": clock.today()}
    nothing = SignedTerms(0, 0, clock.today(), 3)
    with pytest.raises(Refused):
        services.sign_introduction(
            operator.actor, introduction=row, terms=nothing, **signed | {"contract": paper()}
        )
    assert not Cooperation.objects.exists()
    terms = SignedTerms(20_000_000, 1_000, clock.today() + timedelta(days=3), 3)
    row = services.sign_introduction(operator.actor, introduction=row, terms=terms, **signed)
    made = Cooperation.objects.get()
    assert (made.door, made.door_ref) == ("introduction", str(row.public_id))
    assert (made.merchant, made.provider, made.status) == (
        merchant.party,
        represented.party,
        "accepted",
    )
    assert [one.person for one in made.agreement.versions.get().acceptances.all()] == [None, None]
    page = merchant.browser().get(made.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in page


def test_creator_knows_nothing_before_it_is_put_to_them(asked, represented, operator):
    seen = Introduction.objects.visible_to(represented.actor)
    assert not seen.exists()
    row = services.take_introduction(operator.actor, introduction=asked)
    assert not seen.exists()
    services.refuse_introduction(operator.actor, introduction=row, reason="不在范围内")
    assert not seen.exists()
    assert not Notice.objects.filter(
        user=represented.user, event__startswith="introduction"
    ).exists()


def test_a_no_needs_its_reason_and_reaches_the_asker(asked, merchant, represented, operator):
    row = services.take_introduction(operator.actor, introduction=asked)
    row = services.offer_introduction(operator.actor, introduction=row)
    with pytest.raises(Refused):
        services.answer_introduction(represented.actor, introduction=row, agrees=False)
    row.refresh_from_db()
    assert row.status == "offered"
    row = services.answer_introduction(
        represented.actor, introduction=row, agrees=False, reason="档期已满"
    )
    assert (row.status, row.reason) == ("declined", "档期已满")
    assert Notice.objects.filter(user=merchant.user, event="introduction.answered").exists()


def test_who_is_not_represented_is_reached_directly(merchant, creator):
    with pytest.raises(Refused, match="directly"):
        services.ask_introduction(merchant.actor, creator=creator.party, fields=wish())


@pytest.mark.parametrize("who", ["provider", "colleague", "stranger", "creator"])
def test_others_cannot_ask(who, request, represented):
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        services.ask_introduction(person.actor, creator=represented.party, fields=wish())
    assert not Introduction.objects.exists()


def test_one_open_wish_for_a_creator_and_few_in_all(asked, merchant, represented):
    with pytest.raises(Refused):
        services.ask_introduction(merchant.actor, creator=represented.party, fields=wish())
    for number in range(4):
        other = factories.listed_party(PartyKind.CREATOR, f"达人{number}号")
        services.represent_creator(SYSTEM, creator=other, note="电话确认")
        services.ask_introduction(merchant.actor, creator=other, fields=wish())
    last = factories.listed_party(PartyKind.CREATOR, "最后一位")
    services.represent_creator(SYSTEM, creator=last, note="电话确认")
    with pytest.raises(Refused):
        services.ask_introduction(merchant.actor, creator=last, fields=wish())
    services.withdraw_introduction(merchant.actor, introduction=asked)
    assert services.ask_introduction(merchant.actor, creator=last, fields=wish())


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": " "},
        {"subject": "两\n行"},
        {"brief": ""},
        {"budget_fen": 0},
        {"wanted_by": clock.today()},
        {"wanted_by": clock.today() + timedelta(days=91)},
        {"brief": "加我微信 13800138000"},
    ],
)
def test_unsound_wish_changes_nothing(changes, merchant, represented):
    with pytest.raises(Refused):
        services.ask_introduction(merchant.actor, creator=represented.party, fields=wish(**changes))
    assert not Introduction.objects.exists()
    assert not AuditEntry.objects.filter(verb="ask_introduction").exists()


def test_who_took_it_keeps_it(asked, operator):
    services.take_introduction(operator.actor, introduction=asked)
    second = factories.user("second@example.com", "第二位")
    second.is_staff = True
    second.save()
    second.groups.set(operator.user.groups.all())
    actor = replace(operator.actor, user=second)
    with pytest.raises(Refused):
        services.offer_introduction(actor, introduction=asked)


def test_nobody_brokers_for_a_party_of_their_own(asked, operator, merchant):
    now = clock.now()
    Membership.objects.create(
        user=operator.user, party=merchant.party, role="member", created_at=now
    )
    with pytest.raises(Refused):
        services.take_introduction(operator.actor, introduction=asked)


@pytest.mark.parametrize("end", ["succeeded", "signed"])
def test_database_wants_the_contract(asked, operator, end):
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.filter(pk=asked.pk).update(
            status=end,
            broker=operator.user,
            offered_at=clock.now(),
            ended_at=clock.now() if end == "succeeded" else None,
        )


def test_contract_is_not_signed_before_the_answer_nor_in_the_future(asked, represented, operator):
    row = agreed(asked, represented, operator)
    for days in (-1, 1):
        with pytest.raises(Refused):
            services.sign_introduction(
                operator.actor,
                introduction=row,
                contract=paper(),
                signed_on=clock.today() + timedelta(days=days),
            )
    row.refresh_from_db()
    assert (row.status, row.contract) == ("agreed", None)


def test_representation_ends_and_can_begin_again(creator):
    row = services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
    with pytest.raises(Refused):
        services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
    with clock.standing_at(clock.now() + timedelta(minutes=1)):
        services.end_representation(SYSTEM, row=row)
        with pytest.raises(Refused):
            services.end_representation(SYSTEM, row=row)
        services.represent_creator(SYSTEM, creator=creator.party, note="续约")
    assert Representation.objects.filter(creator=creator.party).count() == 2


def test_party_with_an_open_introduction_is_not_closed(asked, merchant):
    with pytest.raises(Refused):
        close_party(merchant.actor, party=merchant.party)
    assert Party.objects.get(pk=merchant.party.pk).status != "closed"


def test_table_of_states_is_whole():
    assert set(TRANSITIONS) == set(IntroductionStatus)
    assert all(TRANSITIONS[status] for status in OPEN)
    assert not any(TRANSITIONS[status] for status in states.ENDED)


STEPS = ("take", "offer", "yes", "no", "refuse", "withdraw", "sign", "succeed", "fail")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=9))
def test_any_order_of_steps_keeps_the_table(steps, merchant, creator, operator):
    """Whatever is pressed in whatever order: only what the table of states names happens."""
    with transaction.atomic():
        services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
        row = services.ask_introduction(merchant.actor, creator=creator.party, fields=wish())
        for step in steps:
            before = row.status
            try:
                row = press(step, row, merchant, creator, operator)
            except Refused:
                row.refresh_from_db()
                assert row.status == before
            else:
                assert row.status in TRANSITIONS[before]
        transaction.set_rollback(True)


def press(step, row, merchant, creator, operator):
    done = Outcome(step == "succeed", "写下结果")
    actions = {
        "take": lambda: services.take_introduction(operator.actor, introduction=row),
        "offer": lambda: services.offer_introduction(operator.actor, introduction=row),
        "yes": lambda: services.answer_introduction(creator.actor, introduction=row, agrees=True),
        "no": lambda: services.answer_introduction(
            creator.actor, introduction=row, agrees=False, reason="档期"
        ),
        "refuse": lambda: services.refuse_introduction(
            operator.actor, introduction=row, reason="不合适"
        ),
        "withdraw": lambda: services.withdraw_introduction(merchant.actor, introduction=row),
        "sign": lambda: services.sign_introduction(
            operator.actor, introduction=row, contract=paper(), signed_on=clock.today()
        ),
        "succeed": lambda: services.end_introduction(
            operator.actor, introduction=row, outcome=done
        ),
        "fail": lambda: services.end_introduction(operator.actor, introduction=row, outcome=done),
    }
    return actions[step]()
