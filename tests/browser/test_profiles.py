"""The four profiles as their parties and others see them: accessible, and as wide as the screen."""

from __future__ import annotations

import pytest

from portal.activity import demo as activity_demo
from portal.parties import demo as parties_demo
from portal.parties.demo import cast_party, demo_user
from portal.parties.models import ClientCase
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    found = parties_demo.read_world()
    parties_demo.make_operator(factories.PASSWORD)
    for kind in PartyKind:
        parties_demo.make_cast_party(found, kind, factories.PASSWORD)
    parties_demo.make_cast_portfolio(found)
    parties_demo.make_cast_shops(found)
    parties_demo.make_cast_pictures(found)
    activity_demo.make_feed(found, PartyKind.CREATOR)
    activity_demo.make_cast_figures(found)
    return found


PATHS = {
    PartyKind.PROVIDER: "providers",
    PartyKind.CREATOR: "creators",
    PartyKind.MERCHANT: "merchants",
    PartyKind.AGENCY: "agencies",
}


def test_profiles_are_shown_to_everybody(world, open_page, check_page, picture):
    for phone, dark in ((False, False), (True, True)):
        page = open_page(None, phone=phone, dark=dark)
        page.set_default_timeout(60_000)
        size = "phone" if phone else "wide"
        for kind, path in PATHS.items():
            page.goto(f"/{path}/")
            check_page(page)
            picture(page, f"{kind}-list-{size}")
            page.goto(f"/{path}/{cast_party(kind).pk}/")
            check_page(page)
            picture(page, f"{kind}-profile-{size}")


def test_own_pages_are_edited_part_by_part(world, open_page, check_page, picture):
    provider, case = cast_party(PartyKind.PROVIDER), ClientCase.objects.first()
    shop, house = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.AGENCY)
    own = {
        "provider": [
            f"/parties/{provider.pk}/",
            f"/parties/{provider.pk}/team/",
            f"/parties/{provider.pk}/team/new/",
            f"/parties/{provider.pk}/cases/",
            f"/parties/{provider.pk}/cases/new/",
            f"/parties/{provider.pk}/pictures/",
            case.get_absolute_url(),
        ],
        "creator": ["/figures/", "/figures/report/", "/figures/age/"],
        "merchant": [f"/parties/{shop.pk}/profile/"],
        "agency": [f"/parties/{house.pk}/profile/"],
    }
    for phone in (False, True):
        for login, addresses in own.items():
            page = open_page(demo_user(login), phone=phone)
            page.set_default_timeout(60_000)
            for number, address in enumerate(addresses):
                page.goto(address)
                check_page(page)
                picture(page, f"own-{login}-{number}-{'phone' if phone else 'wide'}")
