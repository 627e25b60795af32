"""Plans: which commission holds for whom and when. Days that have begun are never touched."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext_noop

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import PlanFields
from matchmaking.catalogue.models import Plan, PlanCreator, Product
from matchmaking.catalogue.services.changes import lock_product
from matchmaking.catalogue.states import PlanKind
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import conflict, flawless
from portal.parties.services import lock_party, tell_party

REFRESH = """
    UPDATE catalogue_product product SET commission_bp = plan.commission_bp
    FROM catalogue_plan plan
    WHERE plan.product_id = product.id AND plan.kind = 'public' AND plan.period @> %s::date
      AND product.status IN ('listed', 'paused')
      AND product.commission_bp <> plan.commission_bp
"""


@transaction.atomic
def open_plan(actor: Actor, *, product: Product, fields: PlanFields) -> Plan:
    """Another commission from a day on. One for everybody stands in for the one before it, which
    goes on behind its end; creators who are chosen are told."""
    lock_party(product.merchant)
    product = lock_product(product)
    rules.can_open_plan(actor, product).require()
    rules.plan_is_sound(fields, product.merchant).require()
    rules.may_name_more(product.merchant, len(set(fields.creator_ids))).require()
    with _days_are_free():
        plan = _insert_public(product, fields) if _is_public(fields) else _insert(product, fields)
    after = {"plan": str(plan.pk), "kind": plan.kind, "commission_bp": plan.commission_bp}
    days = {"from": fields.starts_on, "until": fields.ends_on}
    audit.record(actor, "open_plan", product, after=after | days, why=fields.note)
    _tell_chosen(plan)
    return plan


@transaction.atomic
def open_promised_plan(
    actor: Actor, *, product: Product, commission_bp: int, creator_ids: Sequence[int], until: date
) -> Plan:
    """For these creators alone, from tomorrow on: what the merchant promised where it offered the
    product. That both sides agreed, the caller has seen to; the days must be free."""
    product = lock_product(product)
    fields = PlanFields(
        PlanKind.EXCLUSIVE, commission_bp, clock.today() + timedelta(days=1), until, creator_ids
    )
    limit = rules.commission_limit(fields.starts_on, fields.ends_on)
    flawless(rules.flaws_of_plan(fields, set(creator_ids), limit)).require()
    with _days_are_free():
        plan = _insert(product, fields)
    after = {"plan": str(plan.pk), "kind": plan.kind, "commission_bp": commission_bp}
    audit.record(actor, "open_plan", product, after=after | {"until": until})
    _tell_chosen(plan)
    return plan


@transaction.atomic
def move_promised_plan(actor: Actor, *, plan: Plan, until: date) -> None:
    """What it was promised with ends on another day; days that have begun are never touched. One
    that was ended early stays so."""
    plan.product = lock_product(plan.product)
    plan = Plan.objects.select_related("product").get(pk=plan.pk)
    until = max(until, clock.today() + timedelta(days=1))
    if plan.period is None or plan.ended_at is not None or plan.period.upper == until:
        return
    if plan.period.upper > until:
        cut(plan, until)
    else:
        plan.period = DateRange(plan.period.lower, until)
        with _days_are_free():
            plan.save(update_fields=["period"])
            PlanCreator.objects.filter(plan=plan).update(period=plan.period)
    audit.record(actor, "end_plan", plan.product, after={"plan": str(plan.pk), "until": until})


@transaction.atomic
def end_plan(actor: Actor, *, plan: Plan) -> Plan:
    """Nothing of it holds from tomorrow on."""
    product = lock_product(plan.product)
    plan = Plan.objects.get(pk=plan.pk)
    plan.product = product
    rules.can_end_plan(actor, plan).require()
    cut(plan, clock.today() + timedelta(days=1))
    audit.record(actor, "end_plan", product, after={"plan": str(plan.pk), "until": plan.last_day})
    return plan


def refresh_commissions() -> int:
    """Write today's public commission into the products' own rows; how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, [clock.today()])
        return cursor.rowcount


# --- pieces ---------------------------------------------------------------------------------------


def begin_public_plan(product: Product, day: date | None = None) -> Plan:
    """At what the draft says, for everybody, until something else holds."""
    return _public(product, product.commission_bp, day or clock.today(), None)


def move_public_plan(product: Product, commission_bp: int) -> None:
    """Another rate from tomorrow on, as far as the plan that would hold then."""
    tomorrow = clock.today() + timedelta(days=1)
    current = _public_on(product, tomorrow)
    if current is None:
        _public(product, commission_bp, tomorrow, None)
    elif current.commission_bp != commission_bp:
        assert current.period is not None
        until = current.period.upper
        cut(current, tomorrow)
        _public(product, commission_bp, tomorrow, until)


def end_plans(product: Product) -> None:
    """All that still run or are to come end with today."""
    tomorrow = clock.today() + timedelta(days=1)
    later = Q(period__endswith__gt=tomorrow) | Q(period__upper_inf=True)
    for plan in Plan.objects.filter(later, product=product):
        cut(plan, tomorrow)


def cut(plan: Plan, day: date) -> None:
    """Nothing of it holds from `day` on; one that had not begun never holds."""
    assert plan.period is not None
    begun = plan.period.lower < day
    plan.period = DateRange(plan.period.lower, day) if begun else None
    plan.ended_at = clock.now()
    plan.save(update_fields=["period", "ended_at"])
    PlanCreator.objects.filter(plan=plan).update(period=plan.period)


def _is_public(fields: PlanFields) -> bool:
    return fields.kind == PlanKind.PUBLIC


def _insert_public(product: Product, fields: PlanFields) -> Plan:
    """Cut the plan that holds on the first day; behind the new one's end it goes on."""
    current = _public_on(product, fields.starts_on)
    if current is not None:
        assert current.period is not None
        until, rate = current.period.upper, current.commission_bp
        cut(current, fields.starts_on)
        if fields.ends_on is not None and (until is None or until > fields.ends_on):
            _public(product, rate, fields.ends_on, until)
    return _insert(product, fields)


def _insert(product: Product, fields: PlanFields) -> Plan:
    period, now = DateRange(fields.starts_on, fields.ends_on), clock.now()
    plan = Plan.objects.create(
        product=product,
        kind=fields.kind,
        commission_bp=fields.commission_bp,
        period=period,
        note=fields.note.strip(),
        created_at=now,
    )
    PlanCreator.objects.bulk_create(
        PlanCreator(plan=plan, product=product, creator_id=pk, period=period)
        for pk in dict.fromkeys(fields.creator_ids)
    )
    return plan


def _public(product: Product, commission_bp: int, first: date, until: date | None) -> Plan:
    return Plan.objects.create(
        product=product,
        kind=PlanKind.PUBLIC,
        commission_bp=commission_bp,
        period=DateRange(first, until),
        created_at=clock.now(),
    )


def _public_on(product: Product, day: date) -> Plan | None:
    return Plan.objects.filter(product=product, kind=PlanKind.PUBLIC).on(day).first()


def _days_are_free() -> AbstractContextManager[None]:
    return refusing({name: conflict(said) for name, said in rules.OVERLAPS.items()})


def _tell_chosen(plan: Plan) -> None:
    for one in plan.creators.select_related("creator"):
        tell_party(
            one.creator,
            event="product.plan",
            key=f"product-plan:{plan.pk}:{one.creator_id}",
            sentence=gettext_noop(
                "%(merchant)s opens “%(product)s” to you at %(rate)s%% from %(day)s."
            ),
            params={
                "merchant": plan.product.merchant.name,
                "product": plan.product.name,
                "rate": f"{plan.commission_bp / 100:g}",
                "day": plan.starts_on.isoformat() if plan.starts_on else "",
            },
            url=plan.product.get_absolute_url(),
        )
