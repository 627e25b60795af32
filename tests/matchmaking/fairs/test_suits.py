"""How the goods of a fair suit who may show them, what they marked, and where a sign-up stands."""

import json

import pytest
from django.urls import reverse

from matchmaking.fairs import selectors, services
from matchmaking.fairs.models import SignUp, Wish
from matchmaking.fairs.selectors import GoodsAsked, candidates_of, goods_there
from matchmaking.fairs.states import FairKind
from matchmaking.needs.models import Block
from matchmaking.needs.ranking import CandidateList
from portal.core import clock
from portal.parties.states import PartyKind
from portal.seats.selectors import standing_of
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up
from tests.pages.test_htmx import MOST_QUERIES, count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(merchant, creator):
    """A fair where a brand and a creator have a seat."""
    fair = open_fair()
    brand = signed_up(merchant.actor, fair, merchant.party)
    return fair, brand, signed_up(creator.actor, fair, creator.party)


def test_a_pair_has_one_score_from_both_sides_and_its_parts_add_up(there):
    fair, brand, other = there
    [good] = goods_there(fair, other.party, other, GoodsAsked()).rows
    [from_creator], [from_brand] = candidates_of(other), candidates_of(brand)
    assert good.suit.points == from_creator.suit.points == from_brand.suit.points
    assert abs(sum(part.points for part in good.suit.parts) - good.suit.points) <= 0.5
    assert good.suit.shown == from_brand.suit.shown == good.shown
    assert good.order_fen == good.shown.price_fen * good.shown.commission_bp // 10_000


def test_list_narrows_by_mark_samples_and_commission(there):
    fair, brand, other = there
    services.make_wishes(SYSTEM, sign_up=other, marks={brand.pk: "must"})
    found = goods_there(fair, other.party, other, GoodsAsked(show="must"))
    assert (found.counts["must"], found.counts["maybe"], found.rows[0].mark) == (1, 0, "must")
    least = found.rows[0].shown.commission_bp // 100 + 1
    above = goods_there(fair, other.party, other, GoodsAsked(show="all", least=least))
    assert (above.rows, above.products, above.after) == ([], 1, 0)
    everybody = goods_there(fair, None, None, GoodsAsked(show="suits"))
    assert everybody.asked.show == "all", "nobody is there to compare with"
    assert everybody.rows[0].suit is None


def test_page_marks_a_brand_and_comes_back_to_its_row(there, creator, merchant, visitor):
    fair, brand, other = there
    browser, url = creator.browser(), reverse("sign_up_wishes", args=[other.pk])
    page = browser.get(fair.get_absolute_url(), {"show": "all"})
    assert f'name="mark-{brand.pk}"' in page.content.decode()
    back = {"back": f"good-{brand.shown.get().pk}", "query": "show=all&commission=10"}
    answer = browser.post(url, {f"mark-{brand.pk}": "must", **back})
    assert answer.url == f"{fair.get_absolute_url()}?show=all&commission=10#{back['back']}"
    assert Wish.objects.get().mark == "must"
    assert browser.post(url, {"back": "//elsewhere", "query": ""}).url == url
    wanted = merchant.browser().get(fair.get_absolute_url())
    assert [one.sign_up for one in wanted.context["wanting"]] == [other]
    assert f'name="mark-{other.pk}"' in wanted.content.decode()
    anybody = visitor.get(fair.get_absolute_url())
    assert "mark-" not in anybody.content.decode()


def test_way_says_where_it_stands_and_what_comes_next(creator):
    fair = open_fair(seats=1)
    first = person_of(factories.listed_party(PartyKind.CREATOR, "先来的"))
    signed_up(first.actor, fair, first.party)
    signed_up(creator.actor, fair, creator.party)
    seated, mine = SignUp.objects.whole().order_by("claim__submitted_at")
    way = selectors.way_of(mine, standing_of(mine.claim))
    assert [step.state for step in way] == ["done", "current", "", ""]
    assert "1" in way[1].note
    states = [step.state for step in selectors.way_of(seated, None)]
    assert states == ["done", "done", "current", "", ""]
    page = creator.browser().get(fair.get_absolute_url())
    assert "wanting" not in page.context, "who has no seat is wanted by nobody yet"
    services.withdraw_sign_up(creator.actor, sign_up=mine)
    assert selectors.way_of(mine, None) == []


def test_who_blocked_the_other_is_not_planned_to_meet_and_no_reason_says_so(there, merchant):
    fair, brand, other = there
    services.make_wishes(SYSTEM, sign_up=other, marks={brand.pk: "must"})
    assert selectors.instance_of(fair, 0).worth
    Block.objects.create(
        blocker=merchant.party, blocked=other.party, by=merchant.user, at=clock.now()
    )
    instance = selectors.instance_of(fair, 0)
    assert not instance.worth
    [row] = services.planning._lacking(instance, set())
    assert row["reason"] == "full"


def test_api_lists_goods_with_their_match(there, creator, merchant):
    fair, brand, _other = there
    url = f"/api/v1/fairs/{fair.pk}/products/"
    found = creator.browser().get(url, {"show": "all"}).json()
    [row] = found["rows"]
    assert row["sign_up"] == str(brand.pk)
    assert 0 < row["match"]["points"] <= 100
    assert {part["code"] for part in row["match"]["parts"]} >= {"category", "price"}
    assert creator.browser().get(url, {"wrong": "1"}).status_code == 400
    [one] = merchant.browser().get(f"/api/v1/fair-signups/{brand.pk}/wishes/").json()
    assert one["match"]["points"] == row["match"]["points"]


def test_api_gives_an_address_of_the_agenda_and_takes_it_back(there, creator, visitor):
    _fair, _brand, other = there
    url = f"/api/v1/fair-signups/{other.pk}/feed/"
    browser = creator.browser()

    def say(is_on):
        body = json.dumps({"is_on": is_on})
        return browser.post(url, body, content_type="application/json").json()["address"]

    address = say(is_on=True)
    path = address[address.index("/fair-agendas") :]
    assert visitor.get(path).status_code == 200
    assert say(is_on=False) == ""
    assert visitor.get(path).status_code == 404


def test_page_and_wishes_cost_the_same_for_one_and_for_three(there, creator, merchant):
    fair, brand, other = there
    asked = [
        (person.browser(), address)
        for person, mine in ((creator, other), (merchant, brand))
        for address in (
            fair.get_absolute_url(),
            mine.get_absolute_url(),
            reverse("sign_up_wishes", args=[mine.pk]),
            f"/api/v1/fairs/{fair.pk}/products/",
            f"/api/v1/fair-signups/{mine.pk}/wishes/",
        )
    ]
    for browser, address in asked:
        browser.get(address)  # what is read once a process
    one = [count_queries(browser, address) for browser, address in asked]
    for n in (2, 3):
        for kind in (PartyKind.MERCHANT, PartyKind.CREATOR):
            person = person_of(factories.listed_party(kind, f"{kind}{n}"))
            signed_up(person.actor, fair, person.party)
    assert [count_queries(browser, address) for browser, address in asked] == one
    assert max(one) <= MOST_QUERIES, one


def test_brand_sees_how_providers_suit_its_need_and_the_provider_does_not(merchant, provider):
    fair = open_fair(kind=FairKind.MATCHMAKING, roles=("merchant", "provider"))
    brand = signed_up(merchant.actor, fair, merchant.party)
    other = signed_up(provider.actor, fair, provider.party)
    assert [one.suit for one in candidates_of(brand)] == [None], "it asks for nothing"
    need = factories.open_need(merchant.actor)
    in_order = CandidateList(need).of_parties([provider.party.pk])[provider.party.pk]
    [one] = candidates_of(brand)
    assert (one.suit.need_id, one.suit.points) == (need.pk, round(in_order.total))
    assert candidates_of(other)[0].suit is None
    [row] = merchant.browser().get(f"/api/v1/fair-signups/{brand.pk}/wishes/").json()
    assert (row["match"]["need"], row["match"]["product"]) == (need.pk, None)
    page = merchant.browser().get(reverse("sign_up_wishes", args=[brand.pk])).content.decode()
    assert need.title in page
    hidden = provider.browser().get(reverse("sign_up_wishes", args=[other.pk])).content.decode()
    assert need.title not in hidden


def test_line_is_listed_in_its_order_for_the_price_of_one(operator):
    fair, browser = open_fair(seats=1), operator.browser()
    url = f"/api/v1/fair-signups/?fair={fair.pk}&status=waiting"
    asked = []
    for n in range(4):
        person = person_of(factories.listed_party(PartyKind.CREATOR, f"达人{n}"))
        signed_up(person.actor, fair, person.party)
        browser.get(url)
        asked.append(count_queries(browser, url))
    assert asked[1] == asked[3], asked
    rows = browser.get(url).json()["results"]
    assert sorted(row["position"] for row in rows) == [1, 2, 3]
    one = browser.get(f"/api/v1/fair-signups/{rows[0]['id']}/").json()
    assert one["position"] == rows[0]["position"]
    assert len(browser.get(f"/api/v1/fair-signups/?fair={fair.pk}").json()["results"]) == 4
