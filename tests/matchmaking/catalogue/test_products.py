"""A product from draft to pool and out of it; who may, and who sees it."""

from datetime import timedelta

import pytest

from matchmaking.catalogue import services
from matchmaking.catalogue.models import Gate, Product
from matchmaking.catalogue.search import matches
from matchmaking.catalogue.selectors import commission_for
from matchmaking.catalogue.states import PRODUCT_TRANSITIONS, ProductStatus
from portal.core import audit, clock
from portal.core.actor import anonymous_actor
from portal.parties import services as parties
from portal.parties.models import Category
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.catalogue.checks import refused

VISITOR = anonymous_actor("web")


@pytest.fixture
def product(merchant):
    return factories.listed_product(merchant.actor)


def test_product_begins_as_a_draft_only_its_merchant_sees(merchant, rival):
    product = factories.draft_product(merchant.actor)
    assert product.status == ProductStatus.DRAFT
    assert list(Product.objects.visible_to(merchant.actor)) == [product]
    assert not Product.objects.visible_to(rival.actor).exists()
    assert not Product.objects.visible_to(VISITOR).exists()


def test_listed_product_is_seen_by_everybody_and_has_its_public_plan(product, rival):
    assert list(Product.objects.visible_to(VISITOR)) == [product]
    assert list(Product.objects.shown()) == [product]
    held = commission_for(product, rival.party, clock.today())
    assert held.commission_bp == 2_000
    assert [entry.verb for entry in audit.trail(product)] == ["create_product", "list_product"]


def test_others_may_not_touch_a_product(product, rival, colleague, creator):
    fields = factories.product_fields()
    refused(403, services.create_product, creator.actor, fields=fields)
    refused(403, services.create_product, colleague.actor, fields=fields)
    for service in (services.pause_product, services.withdraw_product, services.list_product):
        refused(403, service, rival.actor, product=product)
        refused(403, service, colleague.actor, product=product)
    refused(403, services.update_product, rival.actor, product=product, fields=fields)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "长" * 61),
        ("category_id", 0),
        ("price_fen", 0),
        ("commission_bp", 5_001),
        ("commission_bp", -1),
        ("stock", -1),
        ("source", "nowhere"),
        ("channel", "nowhere"),
        ("link", "javascript:alert(1)"),
        ("intro", "好" * 601),
        ("belt_ids", [10**9]),
    ],
)
def test_product_that_is_not_sound_is_refused_beside_its_field(merchant, field, value):
    fields = factories.product_fields(**{field: value})
    verdict = refused(422, services.create_product, merchant.actor, fields=fields)
    assert [flaw.field for flaw in verdict.flaws] == [field]


def test_number_stays_once_the_product_was_offered(product, merchant):
    fields = factories.product_fields(upstream_id="other-number")
    verdict = refused(422, services.update_product, merchant.actor, product=product, fields=fields)
    assert verdict.flaws[0].field == "upstream_id"
    product.refresh_from_db()
    assert product.upstream_id != "other-number"


def test_number_of_the_order_file_stands_once_a_merchant(product, merchant):
    fields = factories.product_fields(upstream_id=product.upstream_id)
    verdict = refused(422, services.create_product, merchant.actor, fields=fields)
    assert verdict.flaws[0].field == "upstream_id"
    other = person_of(factories.listed_party(PartyKind.MERCHANT, "别家食品"))
    assert factories.draft_product(other.actor, upstream_id=product.upstream_id).pk


def test_goods_that_need_a_permit_are_listed_with_it_only(merchant):
    medicine = Category.objects.get(code="drugs").pk
    product = factories.draft_product(merchant.actor, category_id=medicine)
    verdict = refused(422, services.list_product, merchant.actor, product=product)
    assert "permit" in str(verdict.reason) or "许可" in str(verdict.reason)


def test_product_of_a_hidden_merchant_is_not_found(product, merchant):
    parties.hide_party(merchant.actor, party=merchant.party)
    assert not Product.objects.shown().exists()
    assert not Product.objects.visible_to(VISITOR).exists()


def test_paused_product_is_found_again_after_listing(product, merchant):
    product = services.pause_product(merchant.actor, product=product, why="断货")
    assert not Product.objects.visible_to(VISITOR).exists()
    refused(409, services.pause_product, merchant.actor, product=product)
    listed = product.listed_at
    assert services.list_product(merchant.actor, product=product).listed_at == listed
    assert product.plans.count() == 1


def test_withdrawn_product_stays_withdrawn_and_its_plans_end(product, merchant, rival):
    tomorrow = clock.today() + timedelta(days=1)
    product = services.withdraw_product(merchant.actor, product=product)
    assert commission_for(product, rival.party, clock.today()).commission_bp == 2_000
    assert commission_for(product, rival.party, tomorrow).plan is None
    fields = factories.product_fields()
    refused(409, services.update_product, merchant.actor, product=product, fields=fields)
    refused(409, services.withdraw_product, merchant.actor, product=product)


def test_commission_changes_from_tomorrow_on(product, merchant, rival):
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    fields = factories.product_fields(commission_bp=3_000, upstream_id=product.upstream_id)
    product = services.update_product(merchant.actor, product=product, fields=fields)
    assert product.commission_bp == 2_000
    assert commission_for(product, rival.party, today).commission_bp == 2_000
    assert commission_for(product, rival.party, tomorrow).commission_bp == 3_000
    # Changed once more before it began: what never held leaves no day behind.
    fields = factories.product_fields(commission_bp=2_500, upstream_id=product.upstream_id)
    services.update_product(merchant.actor, product=product, fields=fields)
    assert commission_for(product, rival.party, tomorrow).commission_bp == 2_500
    assert product.plans.filter(period=None).count() == 1


def test_product_behind_a_gate_is_not_listed_and_reads_why(merchant):
    product = factories.draft_product(merchant.actor)
    today = clock.today()
    Gate.objects.create(
        effect="pool", product=product, reason="抽检不合格", starts_on=today, set_at=clock.now()
    )
    verdict = refused(422, services.list_product, merchant.actor, product=product)
    assert "抽检不合格" in str(verdict.reason)


def test_every_state_is_reached_by_the_table():
    reached = {state for states in PRODUCT_TRANSITIONS.values() for state in states}
    assert reached | {ProductStatus.DRAFT} == set(ProductStatus)
    assert set(PRODUCT_TRANSITIONS) == set(ProductStatus)


@pytest.mark.parametrize("word", ["亚麻", "麻籽油", "yama", "ymz", "500ml", "冷榨 油"])
def test_product_is_found_by_pieces_pinyin_and_initials(product, word):
    assert list(Product.objects.filter(matches(word))) == [product]
    assert not Product.objects.filter(matches(f"{word}无")).exists()
