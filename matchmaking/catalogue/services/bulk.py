"""Many products at once, for files and the demo: the rows are those of the single services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import ProductFields
from matchmaking.catalogue.models import Plan, Product
from matchmaking.catalogue.services.changes import facts_of, make_findable, take_out_if_unfit
from matchmaking.catalogue.services.plans import move_public_plan
from matchmaking.catalogue.services.products import number_is_free
from matchmaking.catalogue.states import ON_OFFER, PlanKind, ProductStatus
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Flaw, Kind, Refused, Verdict
from portal.moderation.rules import words_to_review
from portal.moderation.services import watch_texts
from portal.parties.models import Belt, Category, Party
from portal.parties.rules import Trade, barred
from portal.parties.states import PartyStatus
from portal.policies.models import DatedRule


@dataclass(frozen=True, slots=True)
class ProductLife:
    """A product to be, by when it was written down and when it came into the pool (None: it did
    not)."""

    merchant: Party
    fields: ProductFields
    created_at: datetime
    listed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToldProduct:
    """A row of a merchant's file. `is_listed`: it shall stand in the pool. `silent`: the fields it
    says nothing of; a product that is known keeps what it has there."""

    fields: ProductFields
    is_listed: bool = False
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judge:
    """What is asked of each product, read once."""

    categories: dict[int, int | None]  # with those above them
    belts: frozenset[int]
    limit: DatedRule | None

    def flaws_of(self, fields: ProductFields) -> list[Flaw]:
        return list(rules.flaws_of_product(fields, self.categories, self.belts, self.limit))


def read_judge() -> Judge:
    return Judge(
        dict(Category.objects.values_list("pk", "parent")),
        frozenset(Belt.objects.values_list("pk", flat=True)),
        rules.commission_limit(),
    )


@transaction.atomic
def register_products(actor: Actor, *, lives: Sequence[ProductLife]) -> list[Product]:
    """Of several merchants. All of them, or none: a refusal names the first that is not sound."""
    rules.can_bring_products_in_bulk(actor).require()
    judge = read_judge()
    for number, life in enumerate(lives, start=1):
        _require(number, judge.flaws_of(life.fields))
    rows = [_product(life) for life in lives]
    _insert(actor, rows, [life.fields for life in lives])
    return rows


@transaction.atomic
def put_products(actor: Actor, *, told: Sequence[ToldProduct]) -> int:
    """The acting merchant's, by their numbers in the order file: unknown ones are new, known ones
    change. Who may not be listed yet stays a draft. How many were written."""
    rules.can_create_product(actor).require()
    merchant = actor.party
    assert merchant is not None  # the rule above
    judge = read_judge()
    for number, one in enumerate(told, start=1):
        _require(number, judge.flaws_of(one.fields))
    may_list = _listable(merchant, told, judge)
    numbers = [one.fields.upstream_id for one in told if one.fields.upstream_id]
    own = Product.objects.select_for_update(no_key=True).filter(
        merchant=merchant, upstream_id__in=numbers
    )
    standing = own.exclude(status="withdrawn").prefetch_related("belts")
    known = {product.upstream_id: product for product in standing}
    now, lives = clock.now(), []
    for one in told:
        is_listed = one.is_listed and one.fields.category_id in may_list
        product = known.get(one.fields.upstream_id) if one.fields.upstream_id else None
        if product is None:
            is_clean = not _needs_a_look(one.fields)
            lives.append(
                ProductLife(merchant, one.fields, now, now if is_listed and is_clean else None)
            )
        else:
            _update(actor, product, _with_own(product, one))
    with number_is_free():
        _insert(actor, [_product(life) for life in lives], [life.fields for life in lives])
    return len(told)


def _insert(actor: Actor, rows: Sequence[Product], said: Sequence[ProductFields]) -> None:
    bulk.number(rows)
    bulk.insert(rows)
    through: Any = Product.belts.through
    told = list(zip(rows, said, strict=True))
    bulk.insert(
        [
            through(product_id=row.pk, belt_id=belt)
            for row, fields in told
            for belt in dict.fromkeys(fields.belt_ids)
        ]
    )
    bulk.insert([_plan(row) for row in rows if row.listed_at is not None])
    audit.record_many([entry for row in rows for entry in _trail(actor, row)])
    for row in rows:
        if words_to_review(row.name) or words_to_review(row.intro):
            _watch(actor, row)


def _product(life: ProductLife) -> Product:
    product = Product(
        merchant=life.merchant,
        status=ProductStatus.DRAFT if life.listed_at is None else ProductStatus.LISTED,
        created_at=life.created_at,
        changed_at=life.listed_at or life.created_at,
        listed_at=life.listed_at,
    )
    _fill(product, life.fields)
    return product


def _fill(product: Product, fields: ProductFields) -> None:
    for name in ("category_id", "price_fen", "commission_bp", "stock", "sends_samples", "link"):
        setattr(product, name, getattr(fields, name))
    product.source, product.channel = fields.source, fields.channel
    product.upstream_id, product.intro = fields.upstream_id.strip(), fields.intro.strip()
    if product.name != fields.name.strip():
        product.name = fields.name.strip()
        make_findable(product)


def _update(actor: Actor, product: Product, fields: ProductFields) -> None:
    """One that is known already; nothing is written where the file says nothing new."""
    before, former = _said(product), product.commission_bp
    is_moved = product.category_id != fields.category_id
    has_belts = set(fields.belt_ids) == {belt.pk for belt in product.belts.all()}
    _fill(product, fields)
    after = _said(product)
    if before == after and has_belts:
        return
    if product.status in ON_OFFER and fields.commission_bp != former:
        product.commission_bp = former
        move_public_plan(product, fields.commission_bp)
    product.changed_at = clock.now()
    product.save()
    if not has_belts:
        product.belts.set(fields.belt_ids)
    if _needs_a_look(fields):
        _watch(actor, product)
    if is_moved or _needs_a_look(fields):
        take_out_if_unfit(actor, product)
    audit.record(actor, "update_product", product, before=before, after=after)


def _with_own(product: Product, told: ToldProduct) -> ProductFields:
    own: dict[str, Any] = {name: getattr(product, name) for name in told.silent - {"belt_ids"}}
    if "belt_ids" in told.silent:
        own["belt_ids"] = [belt.pk for belt in product.belts.all()]
    return replace(told.fields, **own)


def _said(product: Product) -> dict[str, Any]:
    """All that a file may change; the trail keeps it."""
    more = {name: getattr(product, name) for name in ("intro", "link", "sends_samples")}
    return facts_of(product) | more


def _plan(product: Product) -> Plan:
    assert product.listed_at is not None  # asked by the caller
    return Plan(
        product=product,
        kind=PlanKind.PUBLIC,
        commission_bp=product.commission_bp,
        period=DateRange(clock.day_of(product.listed_at), None),
        created_at=product.listed_at,
    )


def _trail(actor: Actor, product: Product) -> Iterator[AuditEntry]:
    created = product.created_at
    yield audit.entry(actor, "create_product", product, at=created, after=facts_of(product))
    if product.listed_at is not None:
        yield audit.entry(
            actor,
            "list_product",
            product,
            at=product.listed_at,
            before={"status": ProductStatus.DRAFT},
            after={"status": ProductStatus.LISTED},
        )


def _listable(merchant: Party, told: Sequence[ToldProduct], judge: Judge) -> set[int]:
    """The categories of these products that the merchant may sell today."""
    if merchant.status != PartyStatus.LISTED:
        return set()
    asked = {one.fields.category_id for one in told}
    trades = [Trade(merchant.pk, merchant.kind, key, judge.categories[key]) for key in asked]
    return asked - {category for _party, category in barred(trades)}


def _needs_a_look(fields: ProductFields) -> bool:
    return bool(words_to_review(fields.name) or words_to_review(fields.intro))


def _watch(actor: Actor, product: Product) -> None:
    texts = rules.texts_of(product)
    url = product.get_absolute_url()
    watch_texts(actor, obj=product, party_id=product.merchant_id, texts=texts, url=url)


def _require(number: int, flaws: Sequence[Flaw]) -> None:
    if flaws:
        sentence = _("Row %(row)s: %(reason)s") % {"row": number, "reason": flaws[0].sentence}
        raise Refused(Verdict(Kind.UNMET, sentence, tuple(flaws)))
