"""Offering products: drafts, the pool, and back out of it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import ProductFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.services.changes import (
    change_product_status,
    facts_of,
    lock_product,
    make_findable,
    take_out_if_unfit,
)
from matchmaking.catalogue.services.plans import begin_public_plan, end_plans, move_public_plan
from matchmaking.catalogue.states import ON_OFFER, ProductStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, flawless
from portal.moderation.services import watch_texts


@transaction.atomic
def create_product(actor: Actor, *, fields: ProductFields) -> Product:
    """A draft of the acting merchant, which nobody else sees."""
    rules.can_create_product(actor).require()
    now = clock.now()
    product = Product(merchant=actor.party, created_at=now)
    _write(actor, product, fields)
    audit.record(actor, "create_product", product, after=facts_of(product))
    return product


@transaction.atomic
def update_product(actor: Actor, *, product: Product, fields: ProductFields) -> Product:
    """What is said of it. The commission of a product on offer changes from tomorrow on: what was
    sold today keeps the plan of the day."""
    product = lock_product(product)
    rules.can_edit_product(actor, product).require()
    before, former = facts_of(product), product.commission_bp
    _write(actor, product, fields)
    if product.status in ON_OFFER and fields.commission_bp != former:
        product.commission_bp = former
        product.save(update_fields=["commission_bp"])
        move_public_plan(product, fields.commission_bp)
    after = facts_of(product) | {"commission_bp": fields.commission_bp}
    audit.record(actor, "update_product", product, before=before, after=after)
    return product


@transaction.atomic
def list_product(actor: Actor, *, product: Product) -> Product:
    """Into the pool; at its first time its public plan begins today."""
    product = lock_product(product)
    rules.can_list_product(actor, product).require()
    if product.listed_at is None:
        product.listed_at = clock.now()
        begin_public_plan(product)
    change_product_status(actor, product, ProductStatus.LISTED, verb="list_product")
    return product


@transaction.atomic
def pause_product(actor: Actor, *, product: Product, why: str = "") -> Product:
    """Nobody new finds it; what was agreed goes on, and so do its plans."""
    product = lock_product(product)
    rules.can_pause_product(actor, product).require()
    change_product_status(actor, product, ProductStatus.PAUSED, verb="pause_product", why=why)
    return product


@transaction.atomic
def withdraw_product(actor: Actor, *, product: Product) -> Product:
    """For good: its plans end with the day."""
    product = lock_product(product)
    rules.can_withdraw_product(actor, product).require()
    product.ended_at = clock.now()
    end_plans(product)
    change_product_status(actor, product, ProductStatus.WITHDRAWN, verb="withdraw_product")
    return product


def _write(actor: Actor, product: Product, fields: ProductFields) -> None:
    rules.product_is_sound(fields).require()
    rules.number_may_change(product, fields).require()
    _fill(product, fields)
    with number_is_free():
        product.save()
    product.belts.set(fields.belt_ids)
    texts, url = rules.texts_of(product), f"/products/{product.pk}/"
    watch_texts(actor, obj=product, party_id=product.merchant_id, texts=texts, url=url)
    take_out_if_unfit(actor, product)


def _fill(product: Product, fields: ProductFields) -> None:
    product.name = fields.name.strip()
    product.intro, product.link = fields.intro.strip(), fields.link
    product.upstream_id = fields.upstream_id.strip()
    for name in ("category_id", "price_fen", "commission_bp", "stock", "sends_samples"):
        setattr(product, name, getattr(fields, name))
    product.source, product.channel = fields.source, fields.channel
    product.changed_at = clock.now()
    make_findable(product)


def number_is_free() -> AbstractContextManager[None]:
    """A product stands once under its number in the order file."""
    sentence = _("Another product of yours has this number already.")
    taken = flawless([Flaw("upstream_id", sentence)])
    return refusing({"product_once_in_the_order_file": taken})
