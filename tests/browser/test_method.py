"""Everybody reads the open method: in words, in numbers, on a phone."""

from __future__ import annotations

import pytest

from tests.evaluation.makers import (
    announced_change,
    providers_with_facts,
    published_official,
    small_method_in_force,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("phone", [False, True])
def test_method_is_read_and_followed_to_its_files(
    live_server, open_page, check_page, picture, phone
):
    providers_with_facts()
    method = small_method_in_force()
    snapshot = published_official(method)
    announced_change("2026-2")
    name = "phone" if phone else "wide"
    page = open_page(phone=phone)
    page.set_default_timeout(90_000)
    page.goto("/method/")
    check_page(page)
    assert page.locator("#example").count() == 1
    assert page.get_by_text(method.digest).count() == 1
    picture(page, f"method-{name}")
    page.goto(f"/method/{method.code}/2026-2/changes/")
    check_page(page)
    picture(page, f"method-changes-{name}")
    page.goto(snapshot.get_absolute_url())
    check_page(page)
    picture(page, f"snapshot-{name}")
