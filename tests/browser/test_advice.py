"""An hour with an adviser: booked, cancelled, taken by another; and a chapter read on the way."""

from __future__ import annotations

from datetime import time

import pytest

from tests.training.advice.making import adviser, booked, chapter, slot
from training.advice.models import Booking, ReadMark

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "新店第二周没有成交，先改商品卡还是先开播？"


def test_a_freed_hour_goes_to_another(open_page, merchant, provider, picture, check_page):
    chapter()
    guide = adviser()
    hour = slot(guide, at=time(10))
    slot(guide, at=time(16))

    page = open_page(merchant.user)
    page.goto("/handbook/")
    check_page(page)
    picture(page, "handbook")
    page.click("ol.book a")
    check_page(page)
    page.click("article form button.btn-primary")
    page.wait_for_url("**/handbook/")
    assert ReadMark.objects.get().user == merchant.user

    page.goto("/advisers/")
    check_page(page)
    picture(page, "advisers")
    page.click("article.adviser a.btn")
    check_page(page)
    page.click(".day-grid a.btn >> nth=0")
    page.wait_for_url("**/booking/")
    check_page(page)
    late = open_page(provider.user)  # looks at the same hour, and comes too late
    late.goto(f"/advisers/slots/{hour.pk}/booking/")
    page.fill("textarea[name=question]", QUESTION)
    page.click("form button.btn-primary")
    page.wait_for_url("**/advisers/bookings/*/")
    check_page(page)
    late.fill("textarea[name=question]", QUESTION)
    late.click("form button.btn-primary")
    late.wait_for_load_state()
    assert "16:00" in late.inner_text("#content form")

    page.click("details.card > summary")
    page.fill("input[name=reason]", "改期")
    page.click("details.card button.btn-danger-o")
    page.wait_for_load_state()
    assert Booking.objects.get().status == "cancelled"
    late.goto(f"/advisers/slots/{hour.pk}/booking/")
    late.fill("textarea[name=question]", QUESTION)
    late.click("form button.btn-primary")
    late.wait_for_url("**/advisers/bookings/*/")
    assert Booking.objects.booked().get().party == provider.party

    phone = open_page(merchant.user, phone=True)
    for address in ("/advisers/", f"/advisers/{guide.pk}/", "/handbook/cold-start/"):
        phone.goto(address)
        check_page(phone)


def test_operators_write_a_chapter_and_plan_hours(open_page, operator, merchant, check_page):
    row = chapter().chapter
    guide = adviser()
    booking = booked(merchant, slot(guide))
    page = open_page(operator.user)
    addresses = (
        *("/handbook/desk/", f"/handbook/desk/{row.code}/", "/handbook/new/"),
        *("/advisers/desk/", "/advisers/new/", f"/advisers/{guide.pk}/edit/"),
        *(f"/advisers/{guide.pk}/slots/", booking.get_absolute_url(), "/handbook/print/"),
    )
    for address in addresses:
        page.goto(address)
        check_page(page)
    page.goto(f"/handbook/desk/{row.code}/")
    page.fill("input[name=title_zh]", "四十天冷启动")
    page.click("form[data-guard] button.btn-primary")
    page.wait_for_load_state()
    page.fill("input[name=changes_zh]", "换了标题")
    page.fill("input[name=changes_en]", "A new title")
    page.click("aside button.btn-primary")
    page.wait_for_url(f"**/handbook/{row.code}/")
    assert row.versions.count() == 2
    phone = open_page(operator.user, phone=True)
    for address in addresses:
        phone.goto(address)
        check_page(phone)
