"""Products and the gate over the API: what the pages can do."""

from datetime import timedelta

import pytest

from matchmaking.catalogue import services
from matchmaking.catalogue.models import Board, BoardPlace
from portal.core import clock
from portal.parties.models import Category
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def product(merchant):
    return factories.listed_product(merchant.actor)


def uploaded(person, purpose):
    sent = {"purpose": purpose, "file": factories.picture()}
    return person.browser().post("/api/v1/files/", sent).json()["id"]


def test_picture_is_added_from_an_upload_and_taken_off(product, merchant, rival):
    browser, url = merchant.browser(), f"/api/v1/products/{product.pk}/pictures/"
    made = browser.post(url, {"file": uploaded(merchant, "product-picture")}, **JSON)
    assert (made.status_code, made.json()["status"]) == (201, "waiting")
    other = {"file": uploaded(rival, "product-picture")}
    assert browser.post(url, other, **JSON).status_code == 422, "an upload of somebody else"
    detail = f"/api/v1/products/{product.pk}/"
    assert [one["id"] for one in browser.get(detail).json()["pictures"]] == [made.json()["id"]]
    assert rival.browser().get(detail).json()["pictures"] == [], "nobody has looked at it yet"
    one = f"/api/v1/products/pictures/{made.json()['id']}/"
    assert rival.browser().delete(one).status_code == 404
    assert browser.delete(one).json()["status"] == "removed"
    assert browser.get(detail).json()["pictures"] == []


def test_certificate_comes_with_its_file(product, merchant, stranger):
    body = {"kind": "inspection", "number": "QC-1", "issuer": "国检"}
    body["file"] = uploaded(merchant, "product-certificate")
    url = f"/api/v1/products/{product.pk}/certificates/"
    made = merchant.browser().post(url, body, **JSON)
    assert made.status_code == 201
    assert product.certificates.get().file_id is not None
    one = f"/api/v1/products/certificates/{made.json()['id']}/"
    assert stranger.browser().delete(one).status_code == 404
    assert merchant.browser().delete(one).status_code == 200
    assert product.certificates.get().removed_at is not None


def test_plan_is_ended_from_tomorrow_on(product, merchant, creator):
    first = clock.today() + timedelta(days=1)
    body = {"kind": "targeted", "commission_bp": 3_000, "starts_on": first.isoformat()}
    body["creators"] = [creator.party.pk]
    url = f"/api/v1/products/{product.pk}/plans/"
    made = merchant.browser().post(url, body, **JSON)
    assert made.status_code == 201
    ending = f"/api/v1/products/plans/{made.json()['id']}/ending/"
    assert merchant.browser().post(ending).status_code == 200
    assert merchant.browser().post(ending).status_code == 409


def test_refund_is_asked_for_and_taken_back(creator):
    checker, browser = staff_person("finance checker"), creator.browser()
    move = services.report_payment(creator.actor, reference="B-1")
    services.approve_move(checker.actor, move=move)
    asked = browser.post("/api/v1/gate/refund/", {"why": "不做了"}, **JSON)
    assert (asked.status_code, asked.json()["amount_fen"]) == (201, 50_000)
    back = browser.post(f"/api/v1/gate/moves/{asked.json()['id']}/withdrawal/")
    assert back.json()["status"] == "withdrawn"
    shown = [(one["kind"], one["status"]) for one in browser.get("/api/v1/gate/moves/").json()]
    assert shown == [("refund", "withdrawn"), ("payment", "approved")]


def test_board_is_read_and_a_wrong_week_refused(product, creator):
    browser = creator.browser()
    empty = browser.get("/api/v1/boards/").json()
    assert (empty["week"], empty["places"]) == (None, [])
    monday = clock.today() - timedelta(days=clock.today().weekday() + 7)
    board = Board.objects.create(
        week=monday,
        category=Category.objects.get(code="food"),
        made_at=clock.now(),
        least_score=300,
        least_orders=5,
    )
    BoardPlace.objects.create(
        board=board, rank=1, product=product, sales_fen=9_900, orders=5, score=450, points=99.0
    )
    found = browser.get("/api/v1/boards/", {"category": "food", "week": monday.isoformat()}).json()
    assert [(one["product"], one["moved"]) for one in found["places"]] == [(product.pk, None)]
    assert browser.get("/api/v1/boards/", {"week": "gestern"}).status_code == 400
