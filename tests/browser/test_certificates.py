"""A course completed, its certificate shared, scanned by a stranger; a forged number, and one that
was revoked."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from portal.core.documents import read_codes, render_png
from tests.training.certificates.making import certified, course, finished
from tests.training.making import open_session
from training.certificates.models import Certificate
from training.certificates.selectors import paper_of
from training.certificates.states import new_number
from training.certificates.views.own import PAPER

pytestmark = pytest.mark.django_db(transaction=True)


def scanned(page, live_server, settings) -> str:
    """What a scanner reads on the page, as an address of this test's site."""
    [address] = read_codes(page.screenshot(full_page=True))
    assert address.startswith(f"{settings.SITE_URL}/certificates/")
    return address.replace(settings.SITE_URL, live_server.url)


def test_a_scanner_reads_the_code_and_a_forged_number_is_refused(
    open_page, provider, operator, check_page, picture, drawing, live_server, settings, faults
):
    page = open_page(provider.user)
    page.goto("/certificates/mine/")
    check_page(page)
    picture(page, "certificates-empty")
    made = finished(provider, open_session(course())).certificate
    page.goto("/certificates/mine/")
    check_page(page)
    picture(page, "certificates")
    page.click("article h2 a")
    check_page(page)
    picture(page, "certificate")
    drawing("certificate-paper", render_png(PAPER, paper_of(made), ppi=96))
    page.click("a[href$='/poster/']")
    page.wait_for_selector("img.sheet")
    page.wait_for_load_state("networkidle")
    check_page(page)
    picture(page, "certificate-poster")
    found = scanned(page, live_server, settings)

    stranger = open_page(phone=True)  # scans the picture with a phone
    stranger.goto(found)
    check_page(stranger)
    picture(stranger, "certificate-scanned")
    assert "今日有效" in stranger.inner_text("#content")
    assert made.masked in stranger.inner_text("#content")
    assert made.holder not in stranger.inner_text("#content")
    assert scanned(stranger, live_server, settings) == found

    faults.expected_statuses.add(404)
    stranger.goto("/certificates/")
    check_page(stranger)
    stranger.fill("input[name=number]", new_number())
    stranger.click("form button.btn-primary")
    stranger.wait_for_selector(".note.bad")
    check_page(stranger)
    picture(stranger, "certificate-forged")
    assert "没有这个编号" in stranger.inner_text("#content")

    desk = open_page(operator.user, dark=True)
    desk.goto("/certificates/desk/")
    check_page(desk)
    picture(desk, "certificates-desk")
    desk.click("tbody a >> nth=0")
    desk.click("details.card > summary")
    desk.fill("textarea[name=reason]", "签到由他人代签")
    desk.click("details.card button.btn-danger-o")
    desk.wait_for_load_state()
    check_page(desk)
    picture(desk, "certificate-revoked")
    assert Certificate.objects.get().status == "revoked"
    stranger.goto(found)
    check_page(stranger)
    assert "吊销" in stranger.inner_text("#content")
    assert "代签" not in stranger.inner_text("#content")

    phone = open_page(provider.user, phone=True, english=True)
    for address, name in (
        ("/certificates/mine/", "certificates-phone"),
        ("/certificates/team/", "certificates-team-phone"),
        (made.get_absolute_url(), "certificate-phone"),
    ):
        phone.goto(address)
        check_page(phone)
        picture(phone, name)
    cache.clear()


def test_the_desk_fits_a_phone(open_page, operator, provider, rival, check_page, picture):
    of = course()
    for person in (provider, rival):
        certified(person, of)
    phone = open_page(operator.user, phone=True)
    phone.goto("/certificates/desk/")
    check_page(phone)
    picture(phone, "certificates-desk-phone")
