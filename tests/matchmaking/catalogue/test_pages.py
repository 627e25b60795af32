"""The pool, a product's page and form, and the list of one's own."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from matchmaking.catalogue import services
from matchmaking.catalogue.fields import CertificateFields, DayFields, PlanFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.states import PlanKind, ProductStatus
from portal.core import clock
from portal.moderation.models import Case
from portal.moderation.services import pass_case, refuse_case
from portal.notices.models import Notice
from portal.parties.models import Category
from tests import factories

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _counts_anew():
    caches["local"].clear()


@pytest.fixture
def product(merchant):
    return factories.listed_product(merchant.actor)


def form(**changes):
    said = {
        "name": "桂花乌龙 250g",
        "category": Category.objects.get(code="food").pk,
        "price": "39.90",
        "commission": "20",
        "stock": "100",
        "source": "shop",
        "channel": "brand",
    }
    return said | changes


def test_visitor_finds_a_product_by_initials_and_opens_it(product, visitor):
    html = visitor.get("/products/?q=ymz").content.decode()
    assert product.name in html
    page = visitor.get(product.get_absolute_url())
    assert page.status_code == 200
    assert "20%" in page.content.decode()


def test_pool_narrowed_by_htmx_is_a_piece_of_the_whole_page(product, visitor):
    whole = visitor.get("/products/?commission=20-30")
    part = visitor.get("/products/?commission=20-30", HTTP_HX_TARGET="pool", **HTMX)
    assert part.content.decode().strip() in whole.content.decode()
    assert "HX-Request" in part["Vary"]
    assert len(part.content) < len(whole.content)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=food", True),
        ("category=beauty", False),
        ("price=50-100", True),
        ("price=0-50", False),
        ("commission=10-20", False),
        ("score=none", True),
        ("score=4.5-", False),
        ("source=shop&samples=1", True),
        ("source=jd", False),
        ("sort=cheap", True),
        ("sort=nonsense&cursor=forged", True),
        ("price=nonsense", False),
    ],
)
def test_pool_is_narrowed_and_counted(product, visitor, query, found):
    html = visitor.get(f"/products/?{query}").content.decode()
    if query != "price=nonsense":  # a value nobody knows narrows nothing
        assert (product.name in html) is found


def test_pages_of_the_pool_follow_each_other_and_lose_nobody(merchant, visitor):
    for number in range(23):
        factories.listed_product(merchant.actor, name=f"第{number}号茶", price_fen=1_000)
    first = visitor.get("/products/?sort=cheap")
    cursor = first.context["page"].next
    second = visitor.get("/products/", {"sort": "cheap", "cursor": cursor})
    rows = [*first.context["page"].rows, *second.context["page"].rows]
    assert len({row.pk for row in rows}) == 23


def test_creator_reads_its_own_rate_and_who_is_shut_out_reads_why(
    product, merchant, creator, agency, django_assert_num_queries
):
    tomorrow = clock.today() + timedelta(days=1)
    ends_on = tomorrow + timedelta(days=30)
    fields = PlanFields(PlanKind.EXCLUSIVE, 4_200, tomorrow, ends_on, [creator.party.pk])
    services.open_plan(merchant.actor, product=product, fields=fields)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert "42%" in creator.browser().get("/products/").content.decode()
        html = agency.browser().get(product.get_absolute_url()).content.decode()
    assert "42%" not in html


def test_merchant_writes_a_product_lists_and_pauses_it(merchant):
    browser = merchant.browser()
    answer = browser.post("/products/new/", form())
    product = Product.objects.get(name="桂花乌龙 250g")
    assert answer.url == product.get_absolute_url()
    assert (product.price_fen, product.commission_bp) == (3_990, 2_000)
    browser.post(f"/products/{product.pk}/listing/")
    product.refresh_from_db()
    assert product.status == ProductStatus.LISTED
    browser.post(f"/products/{product.pk}/pausing/")
    product.refresh_from_db()
    assert product.status == ProductStatus.PAUSED


def test_form_says_what_is_wrong_beside_the_field(merchant):
    page = merchant.browser().post("/products/new/", form(commission="60", price="0"))
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"commission", "price"}
    assert not Product.objects.exists()


def test_edit_form_begins_with_tomorrows_commission(product, merchant):
    browser = merchant.browser()
    browser.post(
        f"/products/{product.pk}/edit/", form(commission="30", upstream_id=product.upstream_id)
    )
    page = browser.get(f"/products/{product.pk}/edit/")
    assert page.context["form"].initial["commission"] == 3_000


def test_list_of_ones_own_takes_as_many_queries_for_three_as_for_one(
    merchant, django_assert_max_num_queries
):
    browser = merchant.browser()
    factories.listed_product(merchant.actor)
    browser.get("/products/mine/")
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as seen:
            assert browser.get("/products/mine/").status_code == 200
        counts.append(len(seen))
        for _more in range(2):
            factories.listed_product(merchant.actor)
    assert counts[0] == counts[1]


def test_pool_takes_as_many_queries_for_three_as_for_one(
    merchant, creator, django_assert_max_num_queries
):
    browser = creator.browser()
    factories.listed_product(merchant.actor)
    browser.get("/products/?category=food")
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as seen:
            browser.get("/products/?category=food")
        counts.append(len(seen))
        for _more in range(2):
            factories.listed_product(merchant.actor)
    assert counts[0] == counts[1]


def test_picture_is_shown_to_others_once_an_operator_passed_it(
    product, merchant, operator, visitor
):
    browser = merchant.browser()
    browser.post(f"/products/{product.pk}/pictures/", {"file": factories.picture()})
    picture = product.pictures.get()
    address = f"/products/pictures/{picture.pk}/small/"
    assert visitor.get(address).status_code == 404
    assert browser.get(address).status_code == 200
    pass_case(operator.actor, case=Case.objects.get())
    assert visitor.get(address).status_code == 200
    product.refresh_from_db()
    assert product.picture == picture.pk
    services.pause_product(merchant.actor, product=product)
    assert visitor.get(address).status_code == 404


def test_refused_picture_is_never_shown(product, merchant, operator, visitor):
    picture = services.add_picture(merchant.actor, product=product, upload=factories.picture())
    refuse_case(operator.actor, case=Case.objects.get(), reason="含联系方式")
    assert visitor.get(f"/products/pictures/{picture.pk}/full/").status_code == 404
    product.refresh_from_db()
    assert product.picture is None


def test_certificates_remind_at_thirty_seven_and_none(product, merchant):
    fields = CertificateFields("inspection", "QC-1", "国检", clock.today() + timedelta(days=40))
    services.add_certificate(merchant.actor, product=product, fields=fields)
    told = []
    for passed in (0, 10, 11, 33, 34, 40, 41):
        with clock.standing_at(clock.now() + timedelta(days=passed)):
            told.append(services.remind_of_certificates())
    assert told == [0, 1, 0, 1, 0, 1, 0]
    assert Notice.objects.filter(event="certificate.ending", user=merchant.user).count() == 3


def test_page_says_not_rated_yet_and_later_the_score_with_its_parts(
    product, merchant, operator, visitor
):
    assert "2" in visitor.get(product.get_absolute_url()).content.decode()
    day = DayFields(product.pk, clock.today(), 60, 30, 1, 1, 2, 0)
    services.record_days(operator.actor, days=[day])
    assert services.rate_all() == 1
    product.refresh_from_db()
    assert product.stars > 3.5
    html = visitor.get(product.get_absolute_url()).content.decode()
    assert f"{product.stars:.2f}" in html
    assert services.rate_all() == 0  # the same day again writes nothing
