"""A month's end on the pages: one person prepares and sends it, a provider disputes a line, another
person approves what is agreed, and the rest pays."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.core.jobs import run_job
from portal.settlement import rules, services
from portal.settlement.models import LineDispute, Run
from tests import factories
from tests.conftest import person_of, staff_person
from tests.revenue.orders.telling import GROSS
from tests.settlement.making import papers, sold, statement_of

pytestmark = pytest.mark.django_db(transaction=True)


def worked(run):
    """What a worker does meanwhile."""
    run_job(str(services.job_of(run).pk))


def test_month_is_prepared_disputed_approved_and_the_rest_pays(transactional_db, open_page):
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    provider = person_of(factories.listed_party("provider", "云帆电商"))
    creator = person_of(factories.listed_party("creator", "小满的厨房"))
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3)
    sold(merchant, creator, "D2", month=3, day=9)

    first = open_page(maker.user)
    first.goto(reverse("settlement_list"))
    first.locator("details.fold-card > summary").click()
    first.locator("input[name=month]").fill("2026-03")
    first.locator(f"form[action='{reverse('settlement_new')}'] button.btn-primary").click()
    first.wait_for_url("**/settlements/*/")
    run = Run.objects.get()
    assert (run.prepared_by, run.month.isoformat()) == (maker.user, "2026-03-01")
    worked(run)
    first.locator("form[action$='/sending/'] button.btn-primary").wait_for()
    first.locator("form[action$='/sending/'] button.btn-primary").click()
    first.wait_for_url(f"**{reverse('settlement_detail', args=[run.pk])}")
    worked(run)
    statement = statement_of(provider)

    page = open_page(provider.user)
    page.goto(reverse("money_home"))
    page.get_by_text(statement.number).first.wait_for()
    page.locator(f"a[href='{reverse('statement_lines', args=[statement.number])}']").first.click()
    page.locator("input[name=lines]").first.focus()
    page.keyboard.press("Space")
    page.locator("button.btn-danger-o").click()
    page.locator("textarea[name=reason]").fill("这一单不是我们服务的直播间成交。")
    page.locator("button.btn-primary").click()
    page.wait_for_url(f"**{statement.get_absolute_url()}")
    assert LineDispute.objects.get().status == "open"

    first.reload()  # who prepared it sees why somebody else must
    first.get_by_text(str(rules.can_approve_run(maker.actor, run).reason)).first.wait_for()

    other = open_page(checker.user)
    other.goto(reverse("settlement_detail", args=[run.pk]))
    other.locator("form[action$='/approval/'] button.btn-primary").click()
    other.wait_for_url(f"**{reverse('settlement_detail', args=[run.pk])}")
    worked(run)
    statement.refresh_from_db()
    assert (statement.status, statement.released) == ("approved", GROSS * 4 // 100)
    assert statement.approved_by == checker.user
    assert statement_of(creator).status == "sent", "nobody has agreed to it yet"
    page.reload()
    page.get_by_text(str(statement.get_status_display())).first.wait_for()
