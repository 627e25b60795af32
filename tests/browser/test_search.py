"""The search in the head of every page by keys alone, in a real browser."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
FIELD = "form[data-find] input"
CHOSEN = "form[data-find] [role=option][aria-selected=true]"


def test_search_drops_down_and_is_walked_by_keys(open_page, merchant, check_page):
    need = factories.open_need(merchant.actor, title="重庆火锅底料找达人直播")
    factories.open_need(merchant.actor, title="火锅蘸料代运营")
    page = open_page(merchant.user)
    page.goto("/workbench/")
    page.keyboard.press("/")
    field = page.locator(FIELD)
    assert field.evaluate("field => field === document.activeElement")
    assert field.input_value() == ""  # the key opened the box and is not in it
    page.keyboard.type("huoguo")
    page.locator("form[data-find] [role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    check_page(page)
    page.keyboard.press("ArrowDown")
    first = page.locator(CHOSEN)
    assert first.get_attribute("id") == field.get_attribute("aria-activedescendant")
    assert "火锅蘸料" in (first.text_content() or "")  # the newest first
    page.keyboard.press("ArrowDown")
    assert need.title in (page.locator(CHOSEN).text_content() or "")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # round, to all results
    assert page.locator(CHOSEN).get_attribute("id") == "find-all"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "huoguo"
    page.keyboard.press("ArrowDown")  # it opens again, on its first row
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{need.get_absolute_url()}")

    page.keyboard.press("/")
    page.keyboard.type("没有这个")
    page.get_by_text("没有这个").first.wait_for()
    page.keyboard.press("Enter")  # nothing is chosen: the page of all results
    page.wait_for_url("**/search/?q=*")
    check_page(page)
    phone = open_page(merchant.user, phone=True)
    phone.goto("/search/?q=火锅")
    phone.get_by_role("link", name=need.title).first.wait_for()
    check_page(phone)
