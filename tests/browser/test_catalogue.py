"""A merchant offers a product by form and by file; a creator sees what is missing at its gate."""

from __future__ import annotations

import pytest

from matchmaking.catalogue.models import DepositMove, Product
from matchmaking.catalogue.states import ProductStatus
from portal.core import jobs
from portal.core.models import ImportRun
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def merchant(transactional_db):
    return person_of(factories.listed_party("merchant", "谷雨粒食品"))


def test_merchant_writes_a_product_and_a_visitor_finds_it(merchant, open_page, check_page, picture):
    page = open_page(merchant.user)
    page.goto("/products/mine/")
    check_page(page)
    page.get_by_role("link", name="发布商品").first.click()
    page.fill("[name=name]", "桂花乌龙 250g")
    page.select_option("[name=category]", label="食品饮料")
    page.fill("[name=price]", "68")
    page.fill("[name=commission]", "60")
    check_page(page)
    page.get_by_role("button", name="保存").click()
    page.get_by_text("佣金最高 50%").first.wait_for()
    page.fill("[name=commission]", "25")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="上架到选品池").click()
    page.get_by_text("已进入选品池").wait_for()
    check_page(page)
    picture(page, "merchant-product")
    visitor = open_page(phone=True)
    visitor.goto("/products/?q=ghwl")
    visitor.get_by_role("link", name="桂花乌龙 250g").click()
    visitor.get_by_text("25%").first.wait_for()
    check_page(visitor)


def test_merchant_brings_a_list_in_by_file(merchant, open_page, check_page):
    header = "name,category,price,commission,upstream_id,is_listed"
    rows = ["冻干草莓 50g,食品饮料,19.90,20,A1,是", "坏行,食品饮料,0,20,A2,是"]
    data = "\n".join([header, *rows]).encode("gb18030")
    page = open_page(merchant.user)
    page.set_default_timeout(90_000)
    page.goto("/imports/new/catalogue.products/")
    check_page(page)
    page.set_input_files(
        "input[type=file]", {"name": "商品.csv", "mimeType": "text/csv", "buffer": data}
    )
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/imports/*/")
    run = ImportRun.objects.get()
    jobs.run_job(str(run.job_id))
    page.wait_for_selector("#faults")
    check_page(page)
    page.locator("main button.btn-primary").click()
    jobs.run_job(str(ImportRun.objects.get(pk=run.pk).job_id))
    page.wait_for_selector(".note.warn")
    assert Product.objects.get().status == ProductStatus.LISTED


def test_creator_sees_what_is_missing_and_reports_its_payment(
    transactional_db, open_page, check_page, picture
):
    creator = person_of(factories.listed_party("creator", "小满的厨房"))
    page = open_page(creator.user, phone=True)
    page.goto("/gate/")
    check_page(page)
    page.get_by_text("还缺").first.wait_for()
    page.fill("[name=reference]", "6217 0001")
    page.get_by_role("button", name="我已转账").click()
    page.get_by_text("财务核对到账后确认").wait_for()
    assert DepositMove.objects.get().reference == "6217 0001"
    picture(page, "creator-gate")
    page.goto("/gate/?on=2019-01-01")
    page.get_by_text("8,000").first.wait_for()
    check_page(page)
