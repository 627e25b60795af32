"""Who offers products, and what one must say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.fields import ProductFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.rules.gates import is_let_through
from matchmaking.catalogue.states import (
    EDITABLE,
    PRODUCT_TRANSITIONS,
    Channel,
    GateEffect,
    ProductStatus,
)
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.forms import MAX_FEN
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.moderation.rules import flaws_of_words, nothing_is_held
from portal.moderation.selectors import held_fields
from portal.parties.models import Belt, Category
from portal.parties.rules import can_manage_party, has_permit
from portal.parties.states import PartyKind, PartyStatus
from portal.policies.dated import read_dated_rules
from portal.policies.models import DatedRule
from portal.policies.states import DatedKind, ProductSource

MOST_STOCK = 99_999_999
MOST_BELTS = 5


def can_see_own_products(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.MERCHANT:
        return forbidden(_("Only merchants have products. Switch to a merchant party."))
    return ALLOWED


def can_create_product(actor: Actor) -> Verdict:
    if not (verdict := can_see_own_products(actor)):
        return verdict
    assert actor.party is not None  # noqa: S101 - the rule above
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if not actor.party.is_trusted and not actor.party.is_sandbox:
        return unmet(_("The merchant must be verified before it offers products."))
    return ALLOWED


def can_bring_products_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the platform itself writes products of several merchants at once."))


def can_edit_product(actor: Actor, product: Product) -> Verdict:
    if not (verdict := can_manage_party(actor, product.merchant)):
        return verdict
    if product.status not in EDITABLE:
        return conflict(_("This product was withdrawn. Offer it again as a new one."))
    return ALLOWED


def can_list_product(actor: Actor, product: Product) -> Verdict:
    """Show it in the pool, for the first time or again."""
    if not (verdict := can_manage_party(actor, product.merchant)):
        return verdict
    if ProductStatus.LISTED not in PRODUCT_TRANSITIONS[product.status]:
        return conflict(_("It is in the pool already, or was withdrawn."))
    if product.merchant.status != PartyStatus.LISTED and not product.merchant.is_sandbox:
        return unmet(_("Your party must be listed before its products are shown."))
    if not has_permit(product.merchant, product.category):
        sentence = _("Goods of the category “%(category)s” need a permit that you do not hold.")
        return unmet(str(sentence) % {"category": product.category})
    if not (verdict := commission_is_within_limit(product.commission_bp)):
        return verdict
    if not (verdict := is_let_through(product, GateEffect.POOL)):
        return verdict
    return is_fit_to_show(product)


def is_fit_to_show(product: Product) -> Verdict:
    """What a person must look at is not shown meanwhile."""
    texts = texts_of(product)
    return nothing_is_held(texts, held_fields(product, texts))


def can_pause_product(actor: Actor, product: Product) -> Verdict:
    if not (verdict := can_manage_party(actor, product.merchant)):
        return verdict
    if product.status != ProductStatus.LISTED:
        return conflict(_("It is not in the pool."))
    return ALLOWED


def can_withdraw_product(actor: Actor, product: Product) -> Verdict:
    if not (verdict := can_manage_party(actor, product.merchant)):
        return verdict
    if ProductStatus.WITHDRAWN not in PRODUCT_TRANSITIONS[product.status]:
        return conflict(_("This product was withdrawn already."))
    return ALLOWED


def commission_is_within_limit(commission_bp: int) -> Verdict:
    return flawless(flaws_of_commission(commission_bp))


def commission_limit(first: date | None = None, until: date | None = None) -> DatedRule | None:
    """The tightest ceiling of a commission that holds or begins within these days."""
    kind = DatedKind.COMMISSION_MOST
    return read_dated_rules(kind).least_within(kind, first or clock.today(), until)


def flaws_of_commission(commission_bp: int) -> Iterator[Flaw]:
    """By the ceiling in force today."""
    yield from flaws_above(commission_bp, commission_limit())


def flaws_above(commission_bp: int, limit: DatedRule | None) -> Iterator[Flaw]:
    most = limit.value if limit else 10_000
    if not 0 <= commission_bp <= most:
        since = limit.starts_on.isoformat() if limit else "—"
        sentence = _("A commission is at most %(most)s%% by the rule of %(day)s.")
        said = {"most": f"{most / 100:g}", "day": since}
        yield Flaw("commission_bp", str(sentence) % said)


def number_may_change(product: Product, fields: ProductFields) -> Verdict:
    """Orders are found by the number: once the product was offered, its plans hold for that one."""
    if product.listed_at is None or product.upstream_id in ("", fields.upstream_id.strip()):
        return ALLOWED
    sentence = _("The number stays once the product was offered; make another product.")
    return flawless([Flaw("upstream_id", sentence)])


def product_is_sound(fields: ProductFields) -> Verdict:
    categories = Category.objects.values_list("pk", flat=True)
    belts = Belt.objects.values_list("pk", flat=True) if fields.belt_ids else ()
    found = flaws_of_product(fields, set(categories), set(belts), commission_limit())
    return flawless(found)


def flaws_of_product(
    fields: ProductFields,
    categories: Collection[int],
    belts: Collection[int],
    limit: DatedRule | None,
) -> Iterator[Flaw]:
    """`categories`, `belts`: the keys of all of them."""
    if not fields.name.strip():
        yield Flaw("name", _("Please fill this in."))
    yield from flaws_of_lines(fields, "name", "upstream_id")
    yield from flaws_of_words(fields, "name", "intro")
    for name, most in (("name", 60), ("upstream_id", 60), ("intro", 600), ("link", 300)):
        if len(getattr(fields, name)) > most:
            yield Flaw(name, _("At most %(limit_value)s characters.") % {"limit_value": most})
    if fields.link and not fields.link.startswith(("https://", "http://")):
        yield Flaw("link", _("Enter an address that begins with https://."))
    if fields.category_id not in categories:
        yield Flaw("category_id", _("Choose one from the list."))
    if fields.source not in ProductSource.values:
        yield Flaw("source", _("Choose one from the list."))
    if fields.channel not in Channel.values:
        yield Flaw("channel", _("Choose one from the list."))
    if not 1 <= fields.price_fen <= MAX_FEN:
        yield Flaw("price_fen", _("Enter an amount above ¥0."))
    if not 0 <= fields.stock <= MOST_STOCK:
        yield Flaw("stock", _("Enter a number from %(low)s to %(high)s.") % STOCK)
    if len(fields.belt_ids) > MOST_BELTS or set(fields.belt_ids) - set(belts):
        yield Flaw("belt_ids", _("At most %(n)s belts.") % {"n": MOST_BELTS})
    yield from flaws_above(fields.commission_bp, limit)


STOCK = {"low": 0, "high": MOST_STOCK}


def texts_of(product: Product) -> dict[str, str]:
    """What others read, and a person may have to look at first."""
    return {"name": product.name, "intro": product.intro}
