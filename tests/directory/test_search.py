"""Rows and counts as the database finds them, against a plain look at every party."""

from __future__ import annotations

import pytest

from portal.directory import frequencies as statistics
from portal.directory.filters import ask
from portal.directory.frequencies import Frequencies
from portal.directory.results import sorts_of
from portal.directory.search import ORDERS, Counts, count, find, order_of
from portal.parties import services
from portal.parties.fields import MerchantFields
from portal.parties.listing import Reached, publish_listings, publish_reach, publish_standing
from portal.parties.models import Category, City, Listing, MerchantProfile, Rank, ServiceType
from portal.parties.ranks import publish_service_scores
from portal.parties.search import Facet, facet_token
from portal.parties.search.facets import SAMPLES
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db
SCORE, NEW, NAME = (ORDERS[name] for name in ("score", "new", "name"))
NAMES = ("云帆电商", "重庆直播", "乐山传媒", "ABC运营", "云上内容")


@pytest.fixture
def providers(db):
    return [factories.listed_party(PartyKind.PROVIDER, name) for name in NAMES]


@pytest.fixture(params=["look up", "walk"])
def _either_way(request, monkeypatch):
    """The same answers, whichever way the statistics choose."""
    everybody = facet_token("provider", Facet.ALL, 0)
    share = 0.0 if request.param == "look up" else 0.5

    class Guess(Frequencies):
        def share(self, token: int) -> float:
            return 1.0 if token == everybody else share

    guess = Guess(rows=100_000.0)
    monkeypatch.setattr("portal.directory.search.frequencies", lambda: guess)


def names_found(order=NAME, **asked) -> list[str]:
    keys = find(ask("provider", asked), order).keys
    by_key = dict(Listing.objects.values_list("party_id", "party__name"))
    return [by_key[key] for key in keys]


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["ABC运营", "重庆直播", "乐山传媒", "云帆电商", "云上内容"]),
        ({"q": "云"}, ["云帆电商", "云上内容"]),
        ({"q": "zhongqing"}, ["重庆直播"]),
        ({"q": "yue"}, ["乐山传媒"]),
        ({"q": "y"}, ["ABC运营", "乐山传媒", "云帆电商", "云上内容"]),
        ({"q": "云 dianshang"}, ["云帆电商"]),
        ({"q": "nobody"}, []),
        ({"q": "直播代"}, ["ABC运营", "重庆直播", "乐山传媒", "云帆电商", "云上内容"]),
        ({"service": "live-room", "q": "重"}, ["重庆直播"]),
        ({"q": "杭州直播代运营"}, ["ABC运营", "重庆直播", "乐山传媒", "云帆电商", "云上内容"]),
        ({"q": "食品杭州乐山"}, ["乐山传媒"]),
        ({"q": "云帆食品 杭州"}, ["云帆电商"]),
        ({"q": "北京直播代运营"}, []),
        ({"service": "shop"}, []),
        ({"city": ["hangzhou", "beijing"], "q": "lsc"}, ["乐山传媒"]),
    ],
)
def test_rows_found(providers, asked, found):
    assert names_found(**asked) == found
    assert count(ask("provider", asked)).total == len(found)


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("name", ["score", "new", "name", "service"])
@pytest.mark.parametrize("asked", [{}, {"q": "云帆"}, {"service": "live-room"}])
def test_pages_follow_each_other_there_and_back(name, asked):
    live = ServiceType.objects.get(code="live-room").pk
    order = order_of("score", live) if name == "service" else ORDERS[name]
    for number in range(7):
        party = factories.listed_party(PartyKind.PROVIDER, f"云帆{number % 3}号")
        publish_standing(party, score=None if number % 2 else number * 100)
        Rank.objects.filter(party=party, by=live).update(value=number // 2 - 1)
    question = ask("provider", asked)
    whole = find(question, order, size=100).edges
    page = find(question, order, size=3)
    pages = [page.edges]
    while page.has_more:
        page = find(question, order, edge=page.edges[-1], size=3)
        pages.append(page.edges)
    assert [edge for page in pages for edge in page] == whole
    assert [len(page) for page in pages] == [3, 3, 1]
    back = find(question, order, edge=pages[2][0], backwards=True, size=3)
    assert (back.edges, back.has_more) == (pages[1], True)
    first = find(question, order, edge=pages[1][0], backwards=True, size=3)
    assert (first.edges, first.has_more) == (pages[0], False)


def test_those_without_a_score_stand_behind(providers):
    publish_standing(providers[1], score=6_100)
    publish_standing(providers[3], score=7_800)
    assert names_found(SCORE)[:2] == ["ABC运营", "重庆直播"]
    publish_standing(providers[3], score=None)
    assert names_found(SCORE)[0] == "重庆直播"


def test_one_service_is_ordered_by_its_own_score(providers):
    live, shop = (ServiceType.objects.get(code=code).pk for code in ("live-room", "shop"))
    publish_service_scores({(providers[2].pk, live): 8_000, (providers[0].pk, shop): 9_900})
    by_live = order_of("score", live)
    assert names_found(by_live, service="live-room")[0] == providers[2].name
    assert len(names_found(by_live, service="live-room")) == len(NAMES), "unrated ones stand behind"
    publish_listings()
    assert names_found(by_live, service="live-room")[0] == providers[2].name
    publish_service_scores({(providers[1].pk, live): 10})
    assert names_found(by_live, service="live-room")[0] == providers[1].name


def test_creators_are_ordered_by_followers(db):
    crew = [factories.listed_party(PartyKind.CREATOR, f"云{n}") for n in range(3)]
    publish_reach({crew[0].pk: Reached(2_000), crew[2].pk: Reached(5_000_000)})
    question = ask("creator", {})
    assert find(question, ORDERS["followers"]).keys == [crew[2].pk, crew[0].pk, crew[1].pk]
    publish_reach({crew[0].pk: Reached(6_000_000)})
    assert find(question, ORDERS["followers"]).keys == [crew[0].pk, crew[2].pk, crew[1].pk]


def test_providers_are_narrowed_by_the_band_of_their_sales(providers):
    publish_reach(
        {providers[0].pk: Reached(size_band="M"), providers[1].pk: Reached(size_band="?")}
    )
    assert names_found(size="M") == [providers[0].name]
    publish_reach({providers[0].pk: Reached()})
    assert names_found(size="M") == []


def test_usual_order_is_by_score_only_where_somebody_has_one(providers):
    assert list(sorts_of("provider")) == ["new", "name"]
    publish_standing(providers[0], score=5)
    assert list(sorts_of("provider")) == ["score", "new", "name"]
    assert list(sorts_of("creator")) == ["new", "followers", "name"]


def test_merchant_is_found_by_its_brands_unless_they_are_held(merchant):
    def found(words: str) -> bool:
        return find(ask("merchant", {"q": words}), NAME).keys == [merchant.party.pk]

    fields = MerchantFields(
        shop_tier="flagship", ship_hours=48, own_brands=("花西子",), sold_brands=("Winona",)
    )
    services.describe_merchant(merchant.actor, party=merchant.party, fields=fields)
    initials = "".join(word[0] for word in Listing.objects.get().sort_key.split()[-1:]) + "h"
    assert all(map(found, ("花西", "huaxizi", "hxz", "winona")))
    assert not found(initials), "no initials reach from one name into the next"
    MerchantProfile.objects.update(brands_held=True)
    publish_listings()
    assert not found("花西")


def test_hidden_party_is_neither_found_nor_counted_and_keeps_its_score(provider):
    publish_standing(provider.party, score=5_000)
    services.hide_party(provider.actor, party=provider.party)
    assert names_found(q="云帆") == []
    assert count(ask("provider", {})) == Counts(0, {}, is_exact=True)
    services.list_party(provider.actor, party=provider.party)
    assert names_found(q="云帆") == ["云帆电商"]
    assert Listing.objects.get(party=provider.party).score == 5_000


def test_party_under_review_is_not_found(db):
    factories.submitted_party(PartyKind.PROVIDER, "云帆电商")
    assert not Listing.objects.exists()


def test_edit_is_found_at_once(provider):
    services.update_party(
        provider.actor,
        party=provider.party,
        fields=factories.party_fields(
            "星河直播", uscc=provider.party.uscc, legal_name=provider.party.legal_name
        ),
        provider=factories.provider_fields(
            service_ids=[ServiceType.objects.get(code="shop").pk], works_remotely=False
        ),
    )
    assert names_found(q="xinghe", service="shop") == ["星河直播"]
    assert names_found(service="live-room") == []
    assert names_found(remote="yes") == []


def test_each_kind_has_its_own_directory(merchant, provider, agency, creator):
    for person in (merchant, provider, agency, creator):
        party = person.party
        assert find(ask(party.kind, {}), SCORE).keys == [party.pk]
        assert find(ask(party.kind, {"q": party.name}), SCORE).keys == [party.pk]


def test_a_creators_own_name_is_not_found(db):
    party = factories.listed_party(PartyKind.CREATOR, "小满的厨房", legal_name="林小雨")
    assert find(ask("creator", {"q": "小满"}), SCORE).keys == [party.pk]
    assert find(ask("creator", {"q": "林小雨"}), SCORE).keys == []
    assert "林" not in Listing.objects.get(party=party).text


def test_facets_count_what_a_choice_would_leave(providers):
    food, live = (
        facet_token("provider", Facet.CATEGORY, Category.objects.get(code="food").pk),
        facet_token("provider", Facet.SERVICE, ServiceType.objects.get(code="live-room").pk),
    )
    counts = count(ask("provider", {"q": "云"}))
    assert (counts.total, counts.by_facet[food], counts.by_facet[live]) == (2, 2, 2)
    assert counts.is_exact


def test_great_counts_come_from_a_sample(monkeypatch):
    everybody = facet_token("provider", Facet.ALL, 0)
    many = Frequencies(1_000_000.0, {everybody: 1.0})
    monkeypatch.setattr("portal.directory.search.frequencies", lambda: many)
    for number in range(3):
        monkeypatch.setattr("portal.parties.facets.sample_of", lambda _key, n=number: n // 2)
        factories.listed_party(PartyKind.PROVIDER, f"云帆{number}号")
    # The sample says that it is a small number after all.
    assert (count(ask("provider", {})).total, count(ask("provider", {})).is_exact) == (3, True)
    monkeypatch.setattr("portal.directory.search.COUNTED", 10)
    estimate = count(ask("provider", {}))
    assert (estimate.total, estimate.is_exact) == (2 * SAMPLES, False)


def test_more_matches_than_were_likely_are_estimated(providers, monkeypatch):
    monkeypatch.setattr("portal.directory.search.COUNTED", 1)
    monkeypatch.setattr("portal.parties.facets.sample_of", lambda _key: 0)
    publish_listings()
    estimate = count(ask("provider", {}))
    assert (estimate.total, estimate.is_exact) == (len(NAMES) * SAMPLES, False)


def test_statistics_of_the_database_are_read(providers):
    assert statistics.read_frequencies().rows >= 0


def test_rows_are_made_again_as_they_were(providers):
    before = list(Listing.objects.order_by("pk").values())
    Listing.objects.filter(party=providers[0]).update(text="", tokens=[])
    Listing.objects.filter(party=providers[1]).delete()
    assert publish_listings() == len(NAMES)
    assert list(Listing.objects.order_by("pk").values()) == before


def test_city_of_work_counts_as_a_place(db):
    provider = person_of(factories.listed_party(PartyKind.PROVIDER, "云帆电商"))
    cities = [City.objects.get(code=code).pk for code in ("beijing", "xian")]
    fields = factories.party_fields(
        "云帆电商", uscc=provider.party.uscc, legal_name=provider.party.legal_name
    )
    services.update_party(
        provider.actor,
        party=provider.party,
        fields=fields,
        provider=factories.provider_fields(city_ids=cities),
    )
    for city in ("hangzhou", "beijing", "xian"):
        assert names_found(city=city) == ["云帆电商"]
    assert names_found(region="north", tier="first") == ["云帆电商"]
