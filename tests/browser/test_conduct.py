"""Somebody reports a provider; it is heard, and everybody reads their own side of it."""

from __future__ import annotations

import pytest

from portal.conduct import services
from portal.conduct.models import Case, Report
from portal.core import clock
from tests import factories
from tests.conduct.making import asked, confirmed, in_force, notified, report_fields, reported
from tests.conftest import person_of, staff_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    provider = person_of(factories.listed_party("provider", "云帆电商"))
    return merchant, provider, staff_person("operator")


def test_report_charge_and_statement(cast, open_page):
    merchant, provider, operator = cast
    page = open_page(merchant.user)
    page.goto(f"/providers/{provider.party.pk}/")
    page.locator("a[href$='/report/']").click()
    page.locator("input[name=rule][value=no-delivery]").check()
    page.locator("input[name=happened_on]").fill(clock.today().isoformat())
    page.locator("textarea[name=text]").fill("四场直播只播了一场。")
    page.locator("main form.stack button[type=submit]").click()
    page.wait_for_url("**/conduct/reports/*/")
    case = Report.objects.get().case

    desk = open_page(operator.user)
    desk.goto(f"/admin/conduct/case/{case.pk}/lead/")
    desk.locator("[name=notify-charge]").fill("被指四场直播只完成一场。")
    desk.locator("form:has(input[value=notify]) button").click()
    desk.get_by_text("被指四场直播只完成一场。").first.wait_for()

    accused = open_page(provider.user)
    accused.goto(Case.objects.get().get_absolute_url())
    assert "谷雨粒" not in accused.locator("main").inner_text()
    accused.locator("textarea[name=text]").fill("样品没有寄到，附沟通记录。")
    accused.locator("form[action$='/statement/'] button[type=submit]").click()
    accused.get_by_text("样品没有寄到，附沟通记录。").wait_for()
    assert Case.objects.get().status == "heard"


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_pages_of_conduct(cast, open_page, check_page, picture, phone):
    merchant, provider, operator = cast
    report = reported(merchant.actor, provider.party)
    final = in_force(operator.actor, report)
    asked(operator.actor, final)
    confirmed_case = confirmed(operator.actor, reported(merchant.actor, provider.party, "fraud"))
    told = notified(
        operator.actor,
        services.report_conduct(
            merchant.actor,
            party=provider.party,
            fields=report_fields("no-delivery"),
            evidence=[factories.picture()],
        ),
    )
    size = "phone" if phone else "wide"
    pages = [
        (None, "/conduct/rules/", "rules"),
        (None, f"/providers/{provider.party.pk}/", "profile"),
        (merchant.user, f"/conduct/parties/{provider.party.pk}/report/", "report-form"),
        (merchant.user, report.get_absolute_url(), "report"),
        (provider.user, "/conduct/", "list"),
        (provider.user, told.get_absolute_url(), "case-told"),
        (provider.user, confirmed_case.get_absolute_url(), "case-confirmed"),
        (provider.user, final.get_absolute_url(), "case-final"),
        (operator.user, f"/admin/conduct/case/{told.pk}/lead/", "lead"),
    ]
    browsers = {user: open_page(user, phone=phone) for user, _path, _name in pages}
    for user, path, name in pages:
        page = browsers[user]
        page.goto(path)
        picture(page, f"conduct-{name}-{size}")
        if not path.startswith("/admin/"):
            check_page(page)
