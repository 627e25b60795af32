"""Plans: who gets what on which day, and what the database refuses."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.catalogue import services
from matchmaking.catalogue.fields import PlanFields
from matchmaking.catalogue.models import Plan, PlanCreator
from matchmaking.catalogue.selectors import commission_for
from matchmaking.catalogue.states import PlanKind
from matchmaking.needs.models import Block
from portal.core import clock
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue.order_fields import LineFacts
from portal.revenue.plans import read_plans, show_plan
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.catalogue.checks import refused


@pytest.fixture
def product(merchant):
    return factories.listed_product(merchant.actor)


@pytest.fixture
def other(db):
    return person_of(factories.listed_party(PartyKind.CREATOR, "阿遥看茶"))


def day(n):
    return clock.today() + timedelta(days=n)


def plan(kind, bp, first, last=None, *creators):
    ends_on = day(last) if last is not None else None
    return PlanFields(kind, bp, day(first), ends_on, [one.party.pk for one in creators])


def rate(product, person, n):
    return commission_for(product, person and person.party, day(n)).commission_bp


def test_targeted_plan_is_for_its_creators_and_tells_them(product, merchant, creator, other):
    fields = plan(PlanKind.TARGETED, 3_500, 2, 10, creator)
    services.open_plan(merchant.actor, product=product, fields=fields)
    assert [rate(product, creator, n) for n in (1, 2, 9, 10)] == [2_000, 3_500, 3_500, 2_000]
    assert rate(product, other, 5) == 2_000
    assert Notice.objects.filter(user=creator.user, event="product.plan").count() == 1


def test_exclusive_plan_shuts_others_out(product, merchant, creator, other):
    fields = plan(PlanKind.EXCLUSIVE, 4_000, 1, 31, creator)
    services.open_plan(merchant.actor, product=product, fields=fields)
    assert rate(product, creator, 5) == 4_000
    shut = commission_for(product, other.party, day(5))
    assert (shut.commission_bp, shut.is_shut, shut.until) == (None, True, day(30))
    assert rate(product, other, 31) == 2_000


def test_campaign_for_everybody_stands_in_and_the_old_rate_comes_back(product, merchant):
    fields = plan(PlanKind.PUBLIC, 3_000, 3, 6)
    services.open_plan(merchant.actor, product=product, fields=fields)
    assert [rate(product, None, n) for n in range(8)] == [2_000] * 3 + [3_000] * 3 + [2_000] * 2


def test_plans_that_overlap_are_refused_with_the_reason(product, merchant, creator, other):
    exclusive = plan(PlanKind.EXCLUSIVE, 4_000, 10, 20, creator)
    services.open_plan(merchant.actor, product=product, fields=exclusive)
    for fields in (
        plan(PlanKind.EXCLUSIVE, 3_000, 19, 25, other),
        plan(PlanKind.TARGETED, 3_000, 5, 11, other),
        plan(PlanKind.TARGETED, 3_000, 5, None, other),
    ):
        refused(409, services.open_plan, merchant.actor, product=product, fields=fields)
    first = plan(PlanKind.TARGETED, 3_000, 20, None, creator)
    services.open_plan(merchant.actor, product=product, fields=first)
    again = plan(PlanKind.TARGETED, 2_800, 25, 30, creator, other)
    refused(409, services.open_plan, merchant.actor, product=product, fields=again)


def test_database_itself_refuses_two_plans_of_one_creator(product, creator):
    period = DateRange(day(1), day(5))
    plans = [
        Plan.objects.create(
            product=product,
            kind=PlanKind.TARGETED,
            commission_bp=1,
            period=period,
            created_at=clock.now(),
        )
        for _ in range(2)
    ]
    rows = [
        PlanCreator(plan=one, product=product, creator=creator.party, period=period)
        for one in plans
    ]
    rows[0].save()
    with pytest.raises(IntegrityError, match="plan_creator_one_at_a_time"), transaction.atomic():
        rows[1].save()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ((PlanKind.PUBLIC, 5_001, 1), "commission_bp"),
        ((PlanKind.PUBLIC, 1_000, 0), "starts_on"),
        ((PlanKind.PUBLIC, 1_000, 5, 5), "ends_on"),
        ((PlanKind.PUBLIC, 1_000, 1, 400), "ends_on"),
        ((PlanKind.TARGETED, 1_000, 1), "creator_ids"),
    ],
)
def test_plan_that_is_not_sound_is_refused_beside_its_field(product, merchant, changes, field):
    fields = plan(*changes)
    verdict = refused(422, services.open_plan, merchant.actor, product=product, fields=fields)
    assert verdict.flaws[0].field == field


def test_who_blocked_the_merchant_cannot_be_named_and_nobody_is_told_why(
    product, merchant, creator, other
):
    Block.objects.create(blocker=creator.party, blocked=merchant.party, at=clock.now())
    fields = plan(PlanKind.TARGETED, 3_000, 1, None, creator)
    hidden = plan(PlanKind.TARGETED, 3_000, 1, None, other)
    Party.objects.filter(pk=other.party.pk).update(status="hidden")
    said = {
        refused(422, services.open_plan, merchant.actor, product=product, fields=one).flaws
        for one in (fields, hidden)
    }
    assert len(said) == 1
    assert not PlanCreator.objects.exists()
    Block.objects.update(lifted_at=clock.now())
    services.open_plan(merchant.actor, product=product, fields=fields)


def test_merchant_of_a_sandbox_names_nobody_of_the_real_world(product, merchant, rival, creator):
    own = Party.objects.filter(pk=merchant.party.pk)
    own.update(status="hidden", sandbox_of=rival.party)
    fields = plan(PlanKind.TARGETED, 3_000, 1, None, creator)
    refused(422, services.open_plan, merchant.actor, product=product, fields=fields)


def test_merchant_names_only_so_many_creators_within_a_day(
    product, merchant, creator, other, monkeypatch
):
    monkeypatch.setattr("matchmaking.catalogue.rules.plans.MOST_CHOSEN_A_DAY", 1)
    first = plan(PlanKind.TARGETED, 3_000, 1, 5, creator)
    services.open_plan(merchant.actor, product=product, fields=first)
    second = plan(PlanKind.TARGETED, 3_000, 1, 5, other)
    refused(409, services.open_plan, merchant.actor, product=product, fields=second)
    services.open_plan(merchant.actor, product=product, fields=plan(PlanKind.PUBLIC, 900, 1, 5))
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        later = plan(PlanKind.TARGETED, 3_000, 1, 5, other)
        services.open_plan(merchant.actor, product=product, fields=later)


def test_who_may_open_and_end_plans(product, merchant, rival, colleague, creator):
    fields = plan(PlanKind.TARGETED, 3_000, 1, None, creator)
    for person in (rival, colleague, creator):
        refused(403, services.open_plan, person.actor, product=product, fields=fields)
    made = services.open_plan(merchant.actor, product=product, fields=fields)
    refused(403, services.end_plan, creator.actor, plan=made)
    services.end_plan(merchant.actor, plan=made)
    assert rate(product, creator, 1) == 2_000
    refused(409, services.end_plan, merchant.actor, plan=made)
    refused(409, services.end_plan, merchant.actor, plan=product.plans.get(kind="public"))


def test_commission_of_the_day_is_written_into_the_product(product, merchant):
    services.open_plan(merchant.actor, product=product, fields=plan(PlanKind.PUBLIC, 3_000, 1, 2))
    assert services.refresh_commissions() == 0
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert services.refresh_commissions() == 1
    product.refresh_from_db()
    assert product.commission_bp == 3_000


def test_order_line_of_a_creator_is_split_by_the_plan_of_its_day(product, merchant, creator):
    fields = plan(PlanKind.TARGETED, 3_500, 1, None, creator)
    made = services.open_plan(merchant.actor, product=product, fields=fields)
    line = LineFacts(
        "1", "1", merchant.party.pk, creator_id=creator.party.pk, product=product.upstream_id
    )
    own = LineFacts("1", "2", merchant.party.pk, product=product.upstream_id)
    book = read_plans([line, own])
    assert book.plan_for(line, day(0)).rate_bp == 2_000
    assert book.plan_for(line, day(1)).rate_bp == 3_500
    assert book.plan_for(line, day(-1)) is None
    assert book.plan_for(own, day(1)) is None
    assert show_plan(str(made.pk)).title == product.name
    assert show_plan("nonsense") is None


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(1, 20), st.integers(1, 15), st.integers(1, 50)),
        min_size=1,
        max_size=5,
    )
)
def test_everybody_has_one_rate_on_each_day_whatever_campaigns_come(db_product, campaigns):
    merchant, product = db_product
    with transaction.atomic():
        for first, length, percent in campaigns:
            fields = plan(PlanKind.PUBLIC, percent * 100, first, first + length)
            with suppress(Refused):  # it would stretch into the next one
                services.open_plan(merchant.actor, product=product, fields=fields)
        for n in range(40):
            held = Plan.objects.filter(product=product, kind="public").on(day(n))
            assert held.count() == 1
        transaction.set_rollback(True)


@pytest.fixture
def db_product(merchant, product):
    return merchant, product
