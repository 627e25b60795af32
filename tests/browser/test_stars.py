"""An agency rises one star and signs up creators with the seats it brings, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matchmaking.fairs.models import SignUp
from portal.core import clock
from portal.tiers import services
from portal.tiers.models import StarApplication, StarReview, StarStanding, StarWindow
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair
from tests.tiers.making import as_of_now, creators_of, standing_now, told_now

pytestmark = pytest.mark.django_db(transaction=True)


def test_agency_rises_one_star_and_signs_up_creators_with_its_new_seats(
    open_page, agency, picture, check_page
):
    """Its second star brings five seats; the fair gives everybody none."""
    creators_of(agency, 1, since=clock.today() - timedelta(days=30))
    standing_now(told_now(agency.party, before=0, result=1, movement="rise"))
    review = as_of_now(
        agency.party, before=1, result=1, reached=2, creators=16, net_fen=250_000_000
    )
    fair = open_fair(seats=9, creators_per_agency=0)

    page = open_page(agency.user)
    page.goto("/tiers/")
    check_page(page)
    page.goto("/tiers/ours/")
    check_page(page)
    picture(page, "wide/agency-stars")
    page.click("a.btn-primary")
    page.wait_for_url("**/application/")
    check_page(page)
    page.click("form button.btn-primary")
    page.wait_for_url("**/tiers/applications/*/")
    check_page(page)
    application = StarApplication.objects.get(review=review)

    operator = open_page(staff_person("operator").user)
    operator.goto(f"/admin/tiers/starapplication/{application.pk}/answer/")
    operator.check("input[name=decision][value=grant]")
    operator.fill("textarea[name=reason]", "数据达到，予以通过。")
    operator.click("form.answer button")
    operator.wait_for_load_state()

    signs_up(page, fair)
    assert not SignUp.objects.exists()  # the star does not hold yet
    window = StarWindow.objects.filter(pk=review.window_id)
    today = clock.today()
    days = ("opens_on", "closes_on", "announces_on", "effective_on")
    window.update(**{name: today - timedelta(days=9 - n) for n, name in enumerate(days)})
    services.announce_due(SYSTEM)
    services.bring_into_effect(SYSTEM)
    assert StarStanding.objects.get(party=agency.party).stars == 2
    assert StarReview.objects.get(pk=review.pk).status == "effective"

    signs_up(page, fair)
    page.wait_for_url("**/fair-signups/*/")
    assert SignUp.objects.get().brought_by == agency.party
    phone = open_page(agency.user, phone=True)
    phone.goto("/tiers/ours/")
    check_page(phone)
    picture(phone, "stars-ours-phone")
    phone.goto(f"/tiers/quarters/{review.pk}/")
    check_page(phone)
    phone.goto(StarStanding.objects.get(party=agency.party).get_absolute_url())
    check_page(phone)
    picture(phone, "star-badge-phone")


def signs_up(page, fair) -> None:
    """The agency's creator."""
    page.goto(f"{fair.get_absolute_url()}signup/")
    page.select_option("select[name=party]", index=1)
    pools = page.locator("select[name=pool] option")
    named = [n for n in range(pools.count()) if "达人" in (pools.nth(n).text_content() or "")]
    page.select_option("select[name=pool]", index=named[0])
    page.click("form button.btn-primary")
    page.wait_for_load_state()
