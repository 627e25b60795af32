"""A creator climbs a level with one hand on a phone, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.growth.models import LineStanding
from portal.growth.services import count_levels
from tests.factories import SYSTEM
from tests.growth.making import efficient, lived

pytestmark = pytest.mark.django_db(transaction=True)
THUMB = 0.6  # of the screen's height: what is pressed lies below


def test_creator_climbs_a_level_on_a_phone(open_page, creator, picture, check_page):
    """From the first day's steps to a level by recorded lives; told, and shown with the next."""
    phone = open_page(creator.user, phone=True)
    phone.goto("/growth/")
    check_page(phone)
    assert phone.locator("progress[value='0']").count() == 4
    button = phone.locator(".form-foot .btn-primary")
    box, height = button.bounding_box(), phone.viewport_size["height"]
    assert box["y"] > height * THUMB, "in reach of a thumb without scrolling"
    assert box["height"] >= 40

    yesterday = clock.today() - timedelta(days=1)
    with clock.standing_at(clock.now() - timedelta(days=1)):
        lived(creator.party, [1, 0, 1], until=yesterday - timedelta(days=1))
        count_levels(SYSTEM, until=yesterday - timedelta(days=1))
    lived(creator.party, [2], until=yesterday)
    efficient(creator.party, 23_600, day=yesterday)
    count_levels(SYSTEM, until=yesterday)
    assert LineStanding.objects.get(party=creator.party, line="live").level == 2

    phone.goto("/notices/")
    phone.get_by_text("开播：你升到了").first.click()
    phone.wait_for_url("**/growth/#live")
    assert "2" in phone.locator("section[aria-labelledby=live] .hd").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    check_page(phone)
    picture(phone, "growth-phone")
