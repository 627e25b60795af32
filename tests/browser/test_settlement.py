"""A month's end: who prepared it cannot approve it, a provider disputes a line, the rest pays."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.settlement import rules, services
from portal.settlement.models import LineDispute
from tests import factories
from tests.conftest import person_of, staff_person
from tests.revenue.orders.telling import GROSS
from tests.settlement.making import MARCH, papers, sold, statement_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_line_is_disputed_and_the_rest_pays(transactional_db, open_page):
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    provider = person_of(factories.listed_party("provider", "云帆电商"))
    creator = person_of(factories.listed_party("creator", "小满的厨房"))
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3)
    sold(merchant, creator, "D2", month=3, day=9)
    run = services.prepare_run(maker.actor, month=MARCH, in_background=False)
    services.send_statements(maker.actor, run=services.run_now(maker.actor, run=run))
    statement, detail = statement_of(provider), reverse("settlement_detail", args=[run.pk])

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

    own = open_page(maker.user)
    own.goto(detail)
    own.get_by_text(str(rules.can_approve_run(maker.actor, run).reason)).first.wait_for()

    other = open_page(checker.user)
    other.goto(statement.get_absolute_url())
    other.locator("form[action$='/approval/'] button").click()
    other.wait_for_url(f"**{statement.get_absolute_url()}")
    statement.refresh_from_db()
    assert (statement.status, statement.released) == ("approved", GROSS * 4 // 100)
