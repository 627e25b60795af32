"""Pages of fairs: whole without JavaScript, the same for one row and for three."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matchmaking.fairs import services
from matchmaking.fairs.models import Fair, SignUp
from portal.core import clock
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import fair_fields, open_fair, pool_of, signed_up

pytestmark = pytest.mark.django_db


def test_creator_signs_up_on_the_page_and_gives_the_seat_back(creator):
    fair, browser = open_fair(), creator.browser()
    url = reverse("sign_up_create", args=[fair.pk])
    page = browser.get(url)
    assert page.status_code == 200
    form = page.context["form"]
    body = {"key": form["key"].value(), "party": creator.party.pk}
    assert browser.post(url, body).status_code == 200  # no seats chosen
    body["pool"] = pool_of(fair, "creator").pk
    for _press in range(2):
        answer = browser.post(url, body)
        assert answer.status_code == 302
    made = SignUp.objects.get()
    assert made.status == "confirmed"
    assert browser.get(answer.url).status_code == 200
    assert browser.post(reverse("sign_up_withdrawal", args=[made.pk])).status_code == 302
    made.claim.refresh_from_db()
    assert made.status == "withdrawn"


def test_page_counts_down_to_the_opening_second_and_shows_the_line(creator, visitor):
    fair = open_fair(seats=1)
    first = person_of(factories.listed_party(PartyKind.CREATOR, "先来的"))
    signed_up(first.actor, fair, first.party)
    signed_up(creator.actor, fair, creator.party)
    page = creator.browser().get(fair.get_absolute_url())
    assert page.context["standing"].position == 1
    assert "data-countdown" not in page.content.decode()
    ahead = open_fair(opens_at=clock.now() + timedelta(hours=2))
    text = visitor.get(ahead.get_absolute_url()).content.decode()
    assert "data-countdown" in text
    part = visitor.get(
        ahead.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "seats"}
    )
    assert part.content.decode().strip() in text


def test_planned_fair_is_for_operators_only(visitor, operator):
    fair = services.create_fair(SYSTEM, fields=fair_fields())
    assert visitor.get(fair.get_absolute_url()).status_code == 404
    assert operator.browser().get(fair.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("view", ["ahead", "mine"])
def test_list_asks_as_often_for_three_as_for_one(view, creator, django_assert_num_queries):
    browser, url = creator.browser(), f"{reverse('fair_list')}?view={view}"
    signed_up(creator.actor, open_fair(), creator.party)
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    for _more in range(2):
        signed_up(creator.actor, open_fair(), creator.party)
    with django_assert_num_queries(len(one)):
        browser.get(url)


def test_operator_plans_changes_publishes_and_cancels(operator):
    browser, fields = operator.browser(), fair_fields()
    moments = ("opens_at", "closes_at", "starts_at", "ends_at")
    body = {
        **{n: f"{getattr(fields, n).astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}" for n in moments},
        **{n: getattr(fields, n) for n in ("title", "venue", "tables", "slot_minutes")},
        **{n: getattr(fields, n) for n in ("offer_hours", "most_products", "creators_per_agency")},
        "kind": "selection",
        "admission": "instant",
        "city": fields.city_id,
        "categories": [next(iter(fields.seats))[1]],
        "seats_creator": 7,
        "least_creator_reputation": "4.3",
        "least_merchant_commission": "15",
    }
    answer = browser.post(reverse("fair_create"), body)
    assert answer.status_code == 302, answer.context["form"].errors
    fair = Fair.objects.get()
    least = {row.measure: row.least for row in fair.thresholds.all()}
    assert least == {"reputation": 430, "commission": 1_500}
    edit = reverse("fair_edit", args=[fair.pk])
    assert float(browser.get(edit).context["form"]["least_creator_reputation"].value()) == 4.3
    body["seats_creator"] = ""  # keeps what there is
    assert browser.post(edit, body | {"title": "改名"}).status_code == 302
    assert pool_of(fair, "creator").pool.capacity == 7
    for end, sent in (("publication", {}), ("cancellation", {"reason": "停电"})):
        assert browser.post(reverse(f"fair_{end}", args=[fair.pk]), sent).status_code == 302
    fair.refresh_from_db()
    assert (fair.title, fair.status) == ("改名", "cancelled")


def test_operator_invites_signs_up_and_turns_down(operator, creator):
    fair, browser = open_fair(), operator.browser()
    people = reverse("fair_people", args=[fair.pk])
    guest = {"party": creator.party.pk, "pool": pool_of(fair, "creator").pk}
    assert browser.post(reverse("fair_guest", args=[fair.pk]), guest).status_code == 302
    made = SignUp.objects.get()
    assert creator.party.name in browser.get(people).content.decode()
    answer = browser.post(reverse("sign_up_refusal", args=[made.pk]), {"reason": "重复"})
    assert answer.status_code == 302
    made.claim.refresh_from_db()
    assert made.status == "rejected"
    later = f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    code = {"most_uses": 3, "ends_at": later}
    assert browser.post(reverse("fair_code", args=[fair.pk]), code).status_code == 302
    assert fair.codes.get().most_uses == 3


def test_api_tells_seats_and_signs_up(creator):
    fair, browser = open_fair(seats=1), creator.browser()
    told = browser.get(f"/api/v1/fairs/{fair.pk}/").json()
    [seats] = [row for row in told["seats"] if row["role"] == "creator"]
    assert (seats["capacity"], seats["free"]) == (1, 1)
    body = json.dumps({"pool": seats["id"], "key": "k1"})
    url = f"/api/v1/fairs/{fair.pk}/signups/"
    made = browser.post(url, body, content_type="application/json")
    assert (made.status_code, made.json()["status"]) == (201, "confirmed")
    gone = browser.post(f"/api/v1/fair-signups/{made.json()['id']}/withdrawal/")
    assert gone.json()["status"] == "withdrawn"
