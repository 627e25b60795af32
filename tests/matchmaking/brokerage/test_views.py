"""The pages of both sides and of who brokers, and the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.brokerage import services
from matchmaking.brokerage.demo import WISHES
from matchmaking.brokerage.models import Introduction
from portal.core import clock
from tests.core.files import samples
from tests.matchmaking.brokerage.test_introductions import asked, paper, represented, wish
from tests.matchmaking.brokerage.test_still import still_need

pytestmark = pytest.mark.django_db
__all__ = ["asked", "represented"]  # fixtures


def data(**changes):
    wanted = (clock.today() + timedelta(days=10)).isoformat()
    facts = {"subject": "专场", "brief": "专场一场", "budget": "300000", "wanted_by": wanted}
    return facts | changes


def test_merchant_asks_from_the_creators_page(merchant, represented):
    browser = merchant.browser()
    way = f"/introductions/to/{represented.party.pk}/"
    assert way in browser.get(f"/creators/{represented.party.pk}/").content.decode()
    page = browser.post(way, data(budget="viel"))
    assert page.status_code == 200
    assert not Introduction.objects.exists()
    answer = browser.post(way, data())
    row = Introduction.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.budget_fen, row.asker) == (30_000_000, merchant.party)
    assert "专场" in browser.get("/introductions/").content.decode()


def test_creator_who_is_not_represented_has_no_such_way(merchant, creator, visitor):
    address = f"/creators/{creator.party.pk}/"
    assert "/introductions/to/" not in merchant.browser().get(address).content.decode()
    assert "/introductions/to/" not in visitor.get(address).content.decode()


def test_whole_way_in_the_browser(asked, merchant, represented, operator):
    desk, own = operator.browser(), asked.get_absolute_url()
    assert own in desk.get("/operations/introductions/").content.decode()
    desk.post(f"{own}steps/", {"step": "take"})
    assert represented.browser().get(own).status_code == 404
    desk.post(f"{own}steps/", {"step": "offer"})
    creator = represented.browser()
    assert own in creator.get("/introductions/").content.decode()
    assert asked.subject in creator.get("/workbench/").content.decode()
    refused = creator.post(f"{own}answer/", {"answer": "no"})
    assert refused.status_code == 200
    assert creator.post(f"{own}answer/", {"answer": "yes"}).status_code == 302
    signed = {"contract": paper(), "signed_on": clock.today().isoformat()}
    assert desk.post(f"{own}contract/", signed).status_code == 302
    asked.refresh_from_db()
    assert merchant.browser().get(f"/files/{asked.contract_id}/").status_code == 200
    ended = {"succeeded": "yes", "note": "按期完成", "gmv": "4123600"}
    assert desk.post(f"{own}outcome/", ended).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.gmv_fen) == ("succeeded", 412_360_000)
    assert "按期完成" in merchant.browser().get(own).content.decode()


def test_other_files_are_no_contract(asked, represented, operator):
    row = services.take_introduction(operator.actor, introduction=asked)
    row = services.offer_introduction(operator.actor, introduction=row)
    row = services.answer_introduction(represented.actor, introduction=row, agrees=True)
    wrong = paper()
    wrong.file.write(samples.workbook())
    page = operator.browser().post(
        f"{row.get_absolute_url()}contract/",
        {"contract": wrong, "signed_on": clock.today().isoformat()},
    )
    assert page.status_code == 200
    row.refresh_from_db()
    assert row.status == "agreed"


def test_operator_represents_and_ends(creator, operator):
    browser = operator.browser()
    address = f"/operations/represented/of/{creator.party.pk}/"
    assert address in browser.get(f"/creators/{creator.party.pk}/").content.decode()
    assert browser.post(address, {"note": ""}).status_code == 200
    assert browser.post(address, {"note": "电话确认"}).status_code == 302
    page = browser.get("/operations/represented/").content.decode()
    assert creator.party.name in page
    row = creator.party.representation_set.get()
    assert browser.post(f"/operations/represented/{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.until is not None


def test_operator_reminds_from_the_list(merchant, operator):
    need = still_need(merchant)
    browser = operator.browser()
    assert need.title in browser.get("/operations/stalled/?stage=nobody").content.decode()
    assert need.title not in browser.get("/operations/stalled/?stage=undecided").content.decode()
    assert browser.post(f"/operations/stalled/{need.pk}/reminder/").status_code == 302
    assert need.nudges.count() == 1


@pytest.mark.parametrize("path", ["/introductions/", "/operations/introductions/?view=all"])
def test_lists_cost_the_same_for_one_and_three(path, asked, merchant, operator, represented):
    browser = operator.browser() if "operations" in path else merchant.browser()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    one = cost()
    for _turn in range(2):
        services.withdraw_introduction(
            merchant.actor, introduction=Introduction.objects.latest("pk")
        )
        services.ask_introduction(merchant.actor, creator=represented.party, fields=wish())
    assert cost() == one


def test_api_asks_answers_and_withdraws(merchant, represented, operator):
    body = {
        "creator": represented.party.pk,
        "subject": "专场",
        "brief": "专场一场",
        "budget_fen": 30_000_000,
        "wanted_by": (clock.today() + timedelta(days=10)).isoformat(),
    }
    api, json = "/api/v1/introductions/", "application/json"
    browser = merchant.browser()
    made = browser.post(api, body, content_type=json)
    assert made.status_code == 201
    assert browser.post(api, body, content_type=json).status_code == 409
    wrong = browser.post(api, body | {"budget_fen": 0}, content_type=json)
    assert wrong.status_code == 400
    assert "budget_fen" in wrong.content.decode()
    own = f"{api}{made.json()['id']}/"
    assert represented.browser().get(own).status_code == 404
    row = Introduction.objects.get()
    row = services.take_introduction(operator.actor, introduction=row)
    services.offer_introduction(operator.actor, introduction=row)
    no = represented.browser().post(f"{own}answer/", {"agrees": False}, content_type=json)
    assert no.status_code == 422
    yes = represented.browser().post(f"{own}answer/", {"agrees": True}, content_type=json)
    assert yes.json()["status"] == "agreed"
    assert browser.post(f"{own}withdrawal/", content_type=json).status_code == 409


def test_demo_tells_every_ending():
    ends = {wish.steps[-1] if wish.steps else "" for wish in WISHES}
    assert ends == {"succeed", "no", "fail", "refuse", "sign", "yes", "offer", "take", ""}
