"""Operators run a fair over the API; the desk sends what it kept without a network."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.fairs import services
from matchmaking.fairs.models import Fair
from matchmaking.fairs.states import FairStatus
from matchmaking.fairs.views.day import badge_token
from portal.core import clock
from portal.parties.models import Category, City
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(operator):
    browser = operator.browser()

    def send(path, body=None, method="post"):
        if method == "find":
            return browser.get(f"/api/v1/{path}").json()
        if method == "get":
            return browser.get(f"/api/v1/{path}/")
        return getattr(browser, method)(
            f"/api/v1/{path}/", json.dumps(body or {}), content_type="application/json"
        )

    return send


def body_of(**changes):
    now = clock.now()
    food = Category.objects.get(code="food").pk
    return {
        "title": "抖Link 选品会 · 成都站",
        "kind": "selection",
        "city": City.objects.get(code="chengdu").pk,
        "venue": "世纪城 2 号馆",
        "opens_at": (now - timedelta(hours=1)).isoformat(),
        "closes_at": (now + timedelta(days=5)).isoformat(),
        "starts_at": (now + timedelta(days=9)).isoformat(),
        "ends_at": (now + timedelta(days=9, hours=8)).isoformat(),
        "seats": [{"role": role, "category": food, "seats": 3} for role in ("merchant", "creator")],
        **changes,
    }


def test_fair_from_plan_to_cancellation(desk, creator):
    made = desk("fairs", body_of())
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert desk(f"fairs/{pk}/publication").json()["status"] == "recruiting"
    changed = desk(f"fairs/{pk}", body_of(venue="世纪城 5 号馆"), method="put")
    assert changed.json()["venue"] == "世纪城 5 号馆"
    assert desk("fairs", body_of(venue="")).status_code == 422
    mine = signed_up(creator.actor, Fair.objects.get(pk=pk), creator.party)
    assert desk(f"fairs/{pk}/cancellation", {"reason": "停电"}).json()["status"] == "cancelled"
    mine.claim.refresh_from_db()
    assert mine.status == "cancelled"


def test_meetings_are_planned_moved_and_published(desk, merchant, creator):
    fair = open_fair()
    for one in (merchant, creator):
        signed_up(one.actor, fair, one.party)
    Fair.objects.filter(pk=fair.pk).update(status=FairStatus.CURATING)
    assert desk(f"fairs/{fair.pk}/plans").status_code == 202
    fair.refresh_from_db()
    plan = services.plan_now(SYSTEM, fair=fair)
    whole = desk(f"fair-plans/{plan.pk}", method="get").json()
    [meeting] = whole["meetings"]
    assert [(row["size"], row["brands"], row["least"]) for row in whole["spread"]] == [
        ("S", 1, 1),
        (None, 1, 1),
    ]
    path = f"fair-meetings/{meeting['id']}"
    free = {"slot": plan.slots - 1, "table": 3, "version": whole["version"]}
    assert desk(f"{path}/place", free).json()["slot"] == plan.slots - 1
    assert desk(f"{path}/place", free).status_code == 409  # seen another version
    assert desk(f"{path}/fixing", {"is_fixed": False}).json()["is_fixed"] is False
    assert desk(f"fair-plans/{plan.pk}/publication", {"version": 3}).json()["status"] == "published"


def test_desk_sends_what_it_kept_and_each_has_its_answer(desk, operator, creator, merchant):
    fair = open_fair()
    mine, brand = (signed_up(one.actor, fair, one.party) for one in (creator, merchant))
    url, browser = reverse("fair_arrivals", args=[fair.pk]), operator.browser()
    during = fair.starts_at + timedelta(minutes=10)
    kept = [
        {"id": badge_token(mine), "at": during.isoformat()},
        {"id": str(brand.pk), "at": (fair.starts_at - timedelta(days=3)).isoformat()},
        {"id": "x", "at": during.isoformat()},
        "?",
    ]
    with clock.standing_at(fair.ends_at + timedelta(hours=2)):
        for _step in range(3):
            services.sweep_fairs(SYSTEM)
        for _time in range(2):
            answer = browser.post(url, {"kept": json.dumps(kept)}).json()
            assert answer["done"] == [str(mine.pk)]
        assert len(answer["refused"]) == 2
        api = desk(
            f"fairs/{fair.pk}/arrivals", {"sign_up": str(brand.pk), "at": during.isoformat()}
        )
        assert api.json()["status"] == "present"
    mine.claim.refresh_from_db()
    assert mine.status == "present"
    assert browser.post(url, {"kept": "["}).status_code == 422
    assert creator.browser().post(url, {"kept": "[]"}).status_code == 403


def test_calendar_counts_the_year(visitor, creator):
    fair = open_fair()
    signed_up(creator.actor, fair, creator.party)
    year = clock.day_of(fair.starts_at).year
    page = visitor.get(reverse("fair_calendar"), {"year": year})
    months = dict(page.context["months"])
    assert sum(len(fairs) for fairs in months.values()) == 1
    [(row, seated)] = page.context["cities"]
    assert (row.fairs, sum(seated)) == (1, 1)
    assert visitor.get(reverse("fair_calendar"), {"year": "9"}).status_code == 200


def test_who_met_proposes_a_cooperation_that_remembers_the_fair(desk, merchant, creator, stranger):
    fair = open_fair()
    brand, other = (signed_up(one.actor, fair, one.party) for one in (merchant, creator))
    Fair.objects.filter(pk=fair.pk).update(status=FairStatus.CURATING)
    fair.refresh_from_db()
    plan = services.plan_now(SYSTEM, fair=fair)
    [meeting] = plan.meetings.all()
    url = f"/api/v1/fair-meetings/{meeting.pk}/cooperation/"
    body = {
        "title": "年货节短视频",
        "scope": "每周三条短视频，样品由商家寄送。",
        "starts_on": (clock.today() + timedelta(days=7)).isoformat(),
        "term_months": 6,
        "monthly_fee_fen": 0,
        "share_bp": 1_000,
    }

    def propose(person, **changes):
        sent = json.dumps(body | changes)
        return person.browser().post(url, sent, content_type="application/json")

    assert propose(creator).status_code == 404, "nobody sees the plan yet"
    services.publish_plan(SYSTEM, plan=plan)
    assert propose(stranger).status_code == 404
    assert propose(creator, term_months=0).status_code == 400
    made = propose(creator)
    assert made.status_code == 201, made.content
    row = made.json()
    assert (row["door"], row["door_source"]) == ("fair", str(fair.pk))
    assert (row["merchant"], row["provider"]) == (merchant.party.pk, creator.party.pk)
    assert propose(merchant).status_code == 409, "one open proposal at a time"
    listed = desk(f"fair-signups/?fair={fair.pk}&status=confirmed", method="find")
    assert {one["id"] for one in listed["results"]} == {str(brand.pk), str(other.pk)}
    assert desk(f"fair-signups/?fair={open_fair().pk}", method="find")["results"] == []
