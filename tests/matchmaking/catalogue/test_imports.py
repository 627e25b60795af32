"""A merchant's list by file: GBK, a dry run, faults by line; known numbers change what is there."""

import pytest

from matchmaking.catalogue import services
from matchmaking.catalogue.fields import ProductFields
from matchmaking.catalogue.imports import DAYS, PRODUCTS
from matchmaking.catalogue.models import Plan, Product, ProductDay
from matchmaking.catalogue.services import ProductLife, ToldProduct
from matchmaking.catalogue.states import ProductStatus
from portal.core import audit, clock
from portal.core.imports import apply_import, start_import
from portal.core.jobs import run_job
from portal.core.models import ImportFault, ImportRun
from portal.parties.models import Belt, Category
from tests import factories
from tests.core.files.samples import upload
from tests.matchmaking.catalogue.checks import refused

HEADER = "name,category,price,commission,upstream_id,stock,sends_samples,is_listed"
GOOD = "冻干草莓 50g,食品饮料,19.90,20,A1,300,是,是"


def told(person, *rows, kind=PRODUCTS, header=HEADER, encoding="gbk"):
    data = "\n".join([header, *rows]).encode(encoding)
    run = start_import(person.actor, kind=kind, upload=upload(data, "商品.csv"))
    run_job(str(run.job_id))
    return ImportRun.objects.get(pk=run.pk)


def applied(person, run):
    run_job(str(apply_import(person.actor, run=run).job_id))


def test_dry_run_names_each_wrong_row_and_writes_nothing(merchant):
    run = told(
        merchant,
        GOOD,
        "坏价格,食品饮料,0,20,A2,1,是,是",
        "坏佣金,食品饮料,10,60,A3,1,是,是",
        "坏类目,没有,10,20,A4,1,是,是",
    )
    assert (run.total, run.good, run.bad) == (4, 1, 3)
    faults = ImportFault.objects.filter(run=run).order_by("line")
    assert list(faults.values_list("line", "field")) == [
        (3, "price"),
        (4, "commission"),
        (5, "category"),
    ]
    assert not Product.objects.exists()


def test_good_rows_are_written_with_plan_and_trail(merchant):
    applied(merchant, told(merchant, GOOD, "草稿茶,食品饮料,30,10,A2,,,否"))
    listed, draft = Product.objects.order_by("upstream_id")
    assert (listed.status, draft.status) == (ProductStatus.LISTED, ProductStatus.DRAFT)
    assert (listed.price_fen, listed.commission_bp, listed.stock) == (1_990, 2_000, 300)
    assert Plan.objects.get().product == listed
    assert [entry.verb for entry in audit.trail(listed)] == ["create_product", "list_product"]


def test_same_number_changes_the_product_and_moves_its_plan(merchant):
    applied(merchant, told(merchant, GOOD))
    applied(merchant, told(merchant, GOOD.replace(",20,", ",25,").replace("19.90", "18")))
    product = Product.objects.get()
    assert (product.price_fen, product.commission_bp) == (1_800, 2_000)
    assert set(Plan.objects.values_list("commission_bp", flat=True)) == {2_000, 2_500}


def test_what_a_file_leaves_empty_stays_as_it_is(merchant):
    applied(merchant, told(merchant, GOOD))
    product, belt = Product.objects.get(), Belt.objects.first()
    product.belts.add(belt)
    Product.objects.update(intro="当季新茶", stock=77)
    applied(merchant, told(merchant, "冻干草莓 80g,食品饮料,19.90,20,A1,,,"))
    product.refresh_from_db()
    assert product.name == "冻干草莓 80g"
    assert (product.intro, product.stock, product.belts.get()) == ("当季新茶", 77, belt)
    assert product.status == ProductStatus.LISTED


def test_words_that_wait_for_a_look_leave_the_pool_by_file_too(merchant):
    applied(merchant, told(merchant, GOOD))
    applied(merchant, told(merchant, GOOD.replace("冻干草莓", "微信专享草莓")))
    assert Product.objects.get().status == ProductStatus.PAUSED


def test_days_come_by_file_from_operators(merchant, operator):
    product = factories.listed_product(merchant.actor)
    header = "merchant,product,day,delivered,bad_reviews,late"
    day = clock.today().isoformat()
    run = told(
        operator,
        f"{merchant.party.pk},{product.upstream_id},{day},30,1,2",
        f"{merchant.party.pk},nobody,{day},30,1,2",
        f"{merchant.party.pk},{product.upstream_id},2020-01-01,30,1,31",
        kind=DAYS,
        header=header,
    )
    assert (run.good, run.bad) == (1, 2)
    applied(operator, run)
    assert ProductDay.objects.get().delivered == 30
    assert not DAYS.may(merchant.actor)


def lives(merchant, count, **changes):
    food = Category.objects.get(code="food").pk
    now = clock.now()
    return [
        ProductLife(
            merchant.party,
            ProductFields(f"茶{n}号", food, 1_000 + n, 1_000, upstream_id=f"B{n}", **changes),
            now,
            now,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_bulk_takes_as_many_queries_for_thirty_as_for_one(
    merchant, count, settings, django_assert_max_num_queries
):
    settings.MODERATION_SECONDS = 60  # the list of words is kept that long, as in production
    with django_assert_max_num_queries(12):
        services.register_products(factories.SYSTEM, lives=lives(merchant, count))
    assert Product.objects.shown().count() == count


def test_bulk_refuses_all_where_one_is_not_sound(merchant):
    some = [*lives(merchant, 2), *lives(merchant, 1, stock=-1)]
    verdict = refused(422, services.register_products, factories.SYSTEM, lives=some)
    assert "3" in str(verdict.reason)
    refused(403, services.register_products, merchant.actor, lives=lives(merchant, 1))


def test_who_may_not_trade_in_a_category_gets_drafts(merchant):
    drugs = Category.objects.get(code="drugs").pk
    fields = ProductFields("感冒灵", drugs, 1_000, 1_000, upstream_id="C1")
    services.put_products(merchant.actor, told=[ToldProduct(fields, is_listed=True)])
    assert Product.objects.get().status == ProductStatus.DRAFT
