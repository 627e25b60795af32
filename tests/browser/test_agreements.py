"""A merchant and a provider agree on a fee: the preview follows the typing, both sides accept."""

from __future__ import annotations

import pytest

from portal.revenue.models import AgreementVersion
from tests import factories
from tests.conftest import person_of
from tests.revenue.agreements.making import agreed, proposed

pytestmark = pytest.mark.django_db(transaction=True)
COMMISSION = {
    "code": "佣金",
    "rate_bp": 2000,
    "divide": {"payee": 70, "payer": 30},
    "components": [{"code": "技术服务费", "rate_bp": 1000, "party": "platform"}],
}


@pytest.fixture
def cast(transactional_db):
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    provider = person_of(factories.listed_party("provider", "云帆电商"))
    creator = person_of(factories.listed_party("creator", "小满的厨房"))
    return merchant, provider, creator


def test_propose_with_a_preview_and_accept(cast, open_page):
    merchant, provider, _creator = cast
    page = open_page(merchant.user)
    page.goto(f"/agreements/parties/{provider.party.pk}/new/?template=provider-share")
    page.locator("#preview").get_by_text("¥7.96").first.wait_for()
    page.locator("input[name=part1-rate]").fill("6")
    page.locator("input[name=shown]").fill("500")
    page.locator("input[name=shown]").blur()
    page.locator("#preview").get_by_text("¥30.00").first.wait_for()
    page.locator("button[name=propose]").click()
    page.wait_for_url("**/agreements/*-*/")

    other = open_page(provider.user)
    other.goto(page.url)
    other.locator("form[action$='/acceptance/'] button").click()
    other.wait_for_url("**/agreements/*-*/")
    assert AgreementVersion.objects.get().status == "accepted"


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_pages_of_agreements(cast, open_page, check_page, picture, phone):
    merchant, provider, creator = cast
    agreed(merchant, provider)
    month = {
        "code": "月度分成",
        "party": "payee",
        "ladder": {
            "mode": "marginal",
            "bands": [
                {"up_to_fen": 50_000_000, "rate_bp": 300},
                {"up_to_fen": None, "rate_bp": 400},
            ],
        },
        "guarantee": {"fen": 2_000_000, "mode": "max"},
    }
    waits = proposed(
        merchant,
        creator,
        role="commission",
        components=[COMMISSION, {"code": "坑位费", "fixed_fen": 500, "party": "payee"}],
        period_components=[month],
        note="按上次谈的写，技术服务费由佣金出。",
    )
    size = "phone" if phone else "wide"
    pages = [
        (merchant.user, "/agreements/", "list"),
        (creator.user, waits.get_absolute_url(), "waiting"),
        (creator.user, f"/agreement-versions/{waits.pk}/counter/", "counter"),
        (
            merchant.user,
            f"/agreements/parties/{provider.party.pk}/new/?template=provider-ladder",
            "new",
        ),
    ]
    browsers = {user: open_page(user, phone=phone) for user, _path, _name in pages}
    for user, path, name in pages:
        page = browsers[user]
        page.goto(path)
        picture(page, f"{size}/agreement-{name}")
        check_page(page)
