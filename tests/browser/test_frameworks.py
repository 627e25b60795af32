"""An operator proposes an annual framework, the agency answers with other terms, the operator
accepts: it is signed, and its paper is there."""

from __future__ import annotations

import pytest

from portal.tiers.models import Framework
from tests.conftest import staff_person
from tests.tiers.frameworks.making import next_month, run_now, top_agency

pytestmark = pytest.mark.django_db(transaction=True)


def test_framework_is_proposed_countered_and_signed(open_page, agency, check_page):
    party = top_agency(agency)
    operator = open_page(staff_person("operator").user)
    operator.goto(f"/tiers/frameworks/new/?party={party.pk}")
    check_page(operator)
    operator.fill("input[name=total]", "1200000")
    operator.fill("input[name=rate_1]", "1")
    operator.click(".form-foot button")  # no meeting is named
    operator.locator("#id_meeting_1").wait_for()
    assert not Framework.objects.exists()
    operator.fill("input[name=meeting_1]", next_month(3).isoformat())
    operator.click(".form-foot button")
    operator.wait_for_url("**/tiers/frameworks/*-*/")
    check_page(operator)

    page = open_page(agency.user, phone=True)
    page.goto("/tiers/ours/")
    page.click("section[aria-labelledby=framework] .list a")
    page.wait_for_url("**/tiers/frameworks/*-*/")
    check_page(page)
    page.click("a[href$='/counter/']")
    page.fill("input[name=target_1]", "50000")
    page.click(".form-foot button")
    page.wait_for_url("**/tiers/frameworks/*-*/")
    page.get_by_text("¥50,000").first.wait_for()

    operator.reload()
    operator.locator("td", has_text="¥100,000").first.wait_for()  # what it was before
    operator.click("form[action$='/acceptance/'] button")
    operator.wait_for_load_state()
    framework = Framework.objects.get()
    assert (framework.status, framework.target_fen) == ("signed", 115_000_000)
    assert framework.agreement.versions.filter(status="accepted").count() == 1
    assert operator.request.get(f"{operator.url}versions/2/paper/").status == 200


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_pages_of_a_running_framework(open_page, agency, check_page, picture, phone):
    framework = run_now(staff_person("operator"), agency)
    page = open_page(agency.user, phone=phone)
    for path, name in (
        ("/tiers/frameworks/", "list"),
        (framework.get_absolute_url(), "detail"),
        (f"{framework.get_absolute_url()}change/", "change"),
    ):
        page.goto(path)
        check_page(page)
        picture(page, f"{'phone' if phone else 'wide'}/framework-{name}")
