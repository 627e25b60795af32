"""Two at once at the creator's gate and over the days of a product."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from matchmaking.catalogue import services
from matchmaking.catalogue.fields import MoveFields, PlanFields
from matchmaking.catalogue.models import DepositMove, Plan
from matchmaking.catalogue.states import MoveKind, PlanKind
from portal.core import clock
from portal.core.verdict import Refused
from portal.ledger.models import Entry, Journal
from portal.ledger.states import Kind
from portal.parties.models import Party
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db(transaction=True)


def one_refused(answers, status=409):
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.verdict.status == status, refused.verdict.reason


def behind(party):
    return Party.objects.filter(pk=party.pk)


def held(creator):
    rows = Entry.objects.filter(account__party=creator.party.pk, account__kind=Kind.DEPOSIT)
    return rows.aggregate(n=Sum("amount"))["n"] or 0


def reported(creator, reference="B-1"):
    return services.report_payment(creator.actor, reference=reference)


def test_payment_confirmed_twice_is_booked_once(creator):
    checker, move = staff_person("finance checker"), reported(creator)
    answers = factories.at_once(
        lambda: services.approve_move(checker.actor, move=move),
        lambda: services.approve_move(checker.actor, move=move),
        behind=behind(creator.party),
    )
    one_refused(answers)
    assert (held(creator), Journal.objects.count()) == (50_000, 1)


def test_payment_taken_back_while_it_is_confirmed_is_one_or_the_other(creator):
    checker, move = staff_person("finance checker"), reported(creator)
    answers = factories.at_once(
        lambda: services.approve_move(checker.actor, move=move),
        lambda: services.withdraw_move(creator.actor, move=move),
        behind=behind(creator.party),
    )
    one_refused(answers)
    move.refresh_from_db()
    assert held(creator) == (50_000 if move.status == "approved" else 0)


def test_refund_asked_for_twice_waits_once(creator):
    checker = staff_person("finance checker")
    services.approve_move(checker.actor, move=reported(creator))
    answers = factories.at_once(
        lambda: services.ask_refund(creator.actor, why="不做了"),
        lambda: services.ask_refund(creator.actor, why="不做了"),
        behind=behind(creator.party),
    )
    one_refused(answers)
    assert DepositMove.objects.waiting().count() == 1


def test_refunds_asked_by_both_never_pass_the_balance(creator):
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    services.approve_move(checker.actor, move=reported(creator))
    own = services.ask_refund(creator.actor, why="不做了")
    asked = MoveFields(MoveKind.REFUND, 30_000, "退一部分")
    answers = factories.at_once(
        lambda: services.approve_move(checker.actor, move=own),
        lambda: services.propose_move(maker.actor, creator=creator.party, fields=asked),
        behind=behind(creator.party),
    )
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.verdict.status in (409, 422)  # one waits already, or nothing is left
    assert (held(creator), DepositMove.objects.waiting().count()) == (0, 0)


def plan(kind, bp, first, last, *creators):
    days = [clock.today() + timedelta(days=n) for n in (first, last)]
    return PlanFields(kind, bp, *days, [one.party.pk for one in creators])


def test_exclusive_plans_opened_at_once_stand_once(merchant, creator):
    product = factories.listed_product(merchant.actor)
    fields = plan(PlanKind.EXCLUSIVE, 3_000, 1, 20, creator)
    answers = factories.at_once(
        lambda: services.open_plan(merchant.actor, product=product, fields=fields),
        lambda: services.open_plan(merchant.actor, product=product, fields=fields),
        behind=behind(merchant.party),
    )
    one_refused(answers)
    assert Plan.objects.filter(product=product, kind=PlanKind.EXCLUSIVE).count() == 1


def test_public_plans_opened_at_once_leave_one_rate_a_day(merchant):
    product = factories.listed_product(merchant.actor)
    factories.at_once(
        *(
            lambda bp=bp: services.open_plan(
                merchant.actor, product=product, fields=plan(PlanKind.PUBLIC, bp, 1, 20)
            )
            for bp in (2_500, 3_000)
        ),
        behind=behind(merchant.party),
    )
    for n in range(25):
        day = clock.today() + timedelta(days=n)
        rows = Plan.objects.filter(product=product, kind=PlanKind.PUBLIC).on(day)
        assert rows.count() == 1, day


def test_plan_ended_by_two_ends_once(merchant, creator):
    product = factories.listed_product(merchant.actor)
    fields = plan(PlanKind.TARGETED, 3_000, 1, 20, creator)
    made = services.open_plan(merchant.actor, product=product, fields=fields)
    answers = factories.at_once(
        lambda: services.end_plan(merchant.actor, plan=made),
        lambda: services.end_plan(merchant.actor, plan=made),
        behind=type(product).objects.filter(pk=product.pk),
    )
    one_refused(answers)
