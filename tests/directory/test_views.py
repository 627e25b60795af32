"""The pages of the directories."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import jobs
from portal.parties import services
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db
KINDS = ("provider", "agency", "creator", "merchant")
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "directory"}


def soup(client: Client, address: str, **headers: str) -> BeautifulSoup:
    response = client.get(address, **headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def shown(page: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select("article h2")]


@pytest.mark.parametrize("kind", KINDS)
def test_list_leads_to_a_profile_without_contacts(visitor, kind):
    party = factories.listed_party(PartyKind(kind), "星河工坊", legal_name="林小雨")
    page = soup(visitor, reverse(f"{kind}_list") + "?q=xinghe")
    assert shown(page) == ["星河工坊"]
    profile = visitor.get(page.select_one("article h2 a")["href"])
    assert profile.status_code == 200
    text = profile.content.decode()
    assert party.contact_phone not in text
    assert party.contact_name not in text
    assert ("林小雨" in text + str(page)) == (kind != "creator")


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_party_has_no_public_page(kind, request):
    person = request.getfixturevalue(kind)
    services.hide_party(person.actor, party=person.party)
    client = Client()
    assert shown(soup(client, reverse(f"{kind}_list"))) == []
    assert client.get(reverse(f"{kind}_detail", args=[person.party.pk])).status_code == 404
    compared = client.get(reverse(f"{kind}_compare") + f"?p={person.party.pk}")
    assert person.party.name not in compared.content.decode()


def test_profile_of_another_kind_is_not_there(visitor, agency):
    assert visitor.get(f"/creators/{agency.party.pk}/").status_code == 404


def test_htmx_gets_a_literal_piece_of_the_page(visitor, provider):
    address = reverse("provider_list") + "?q=yunfan"
    whole, piece = visitor.get(address), visitor.get(address, **HTMX)
    assert piece.content.decode().strip() in whole.content.decode()
    assert b"<html" not in piece.content
    assert "HX-Request" in whole["Vary"]


def test_filters_narrow_and_can_be_taken_away(visitor, provider, rival):
    address = reverse("provider_list") + "?q=dian&service=live-room&city=hangzhou"
    page = soup(visitor, address)
    assert shown(page) == ["云帆电商"]
    assert len(page.select("a.tag.info")) == 3
    without_words = page.select("a.tag.info")[0]["href"]
    assert set(shown(soup(visitor, reverse("provider_list") + without_words))) == {
        "云帆电商",
        "北斗直播",
    }
    boxes = page.select("input[name=service][checked]")
    assert [box["value"] for box in boxes] == ["live-room"]


def test_nothing_found_says_what_to_do(visitor, provider):
    page = soup(visitor, reverse("provider_list") + "?q=龘龘")
    assert shown(page) == []
    assert page.select_one(".empty a")["href"] == reverse("provider_list")


@pytest.mark.parametrize("sort", ["score", "new", "name"])
def test_pages_are_walked_by_their_links(visitor, sort):
    for number in range(23):
        factories.listed_party(PartyKind.PROVIDER, f"云帆{number}号")
    address = reverse("provider_list") + f"?sort={sort}&q=云帆"
    first = soup(visitor, address)
    second = soup(visitor, reverse("provider_list") + first.select_one("a[rel=next]")["href"])
    assert len(shown(first)) == 20
    assert len(set(shown(first) + shown(second))) == 23
    assert second.select_one("a[rel=next]") is None
    back = soup(visitor, reverse("provider_list") + second.select_one("a[rel=prev]")["href"])
    assert shown(back) == shown(first)
    assert back.select_one("a[rel=prev]") is None


@pytest.mark.parametrize(
    "query",
    [
        "cursor=forged",
        "cursor=&sort=nonsense",
        "city=nowhere&service=;drop",
        "q=%00%27%22%25_\\",
        "q=" + "云" * 3_000,
        "q=!!!",
        "price=10-&price=0-1&remote=maybe",
    ],
)
def test_nonsense_is_answered(visitor, provider, query):
    assert visitor.get(reverse("provider_list") + "?" + query).status_code == 200


def test_queries_do_not_grow_with_the_rows(visitor):
    def queries() -> int:
        caches["local"].clear()  # where visitors' results are kept
        with CaptureQueriesContext(connection) as seen:
            visitor.get(reverse("provider_list") + "?q=云帆&service=live-room&city=hangzhou")
        return len(seen)

    factories.listed_party(PartyKind.PROVIDER, "云帆一号")
    queries()  # statistics are read once
    with_one = queries()
    for number in range(2):
        factories.listed_party(PartyKind.PROVIDER, f"云帆{number}号")
    assert queries() == with_one <= 16  # one of them for what is announced, which is kept too


def test_visitors_results_are_kept_until_somebody_changes(visitor, provider):
    address = reverse("provider_list")
    first = visitor.get(address, **HTMX).content
    with CaptureQueriesContext(connection) as seen:
        assert visitor.get(address, **HTMX).content == first
    assert len(seen) == 1  # whether anything changed
    services.hide_party(provider.actor, party=provider.party)
    assert provider.party.name not in visitor.get(address).content.decode()
    assert b"csrfmiddlewaretoken" not in visitor.get(address, **HTMX).content


def test_compared_stand_in_the_order_chosen_and_are_four_at_most(visitor):
    parties = [factories.listed_party(PartyKind.PROVIDER, f"云帆{n}号") for n in range(5)]
    chosen = [parties[n].pk for n in (3, 0, 4, 1, 2)]
    query = "&".join(f"p={pk}" for pk in [*chosen, "x", chosen[0]])
    page = soup(visitor, reverse("provider_compare") + "?" + query)
    names = [cell.get_text(strip=True) for cell in page.select("thead th")[1:]]
    assert names == ["云帆3号", "云帆0号", "云帆4号", "云帆1号"]


def test_compare_with_nobody_says_what_to_do(visitor):
    assert soup(visitor, reverse("agency_compare")).select_one(".empty")


def test_api_gives_the_same_rows_counts_and_pages(visitor, provider, rival):
    for number in range(21):
        factories.listed_party(PartyKind.PROVIDER, f"云帆{number}号")
    answer = visitor.get("/api/v1/directory/providers/?q=yf&sort=name").json()
    assert (answer["count"], answer["is_exact"], len(answer["results"])) == (22, True, 20)
    assert answer["facets"]["service"][0]["code"] == "live-room"
    assert answer["previous"] is None
    rest = visitor.get(answer["next"]).json()
    names = [row["name"] for row in answer["results"] + rest["results"]]
    page = soup(visitor, reverse("provider_list") + "?q=yf&sort=name")
    assert names[:20] == shown(page)
    assert len(set(names)) == 22
    assert rest["next"] is None
    assert [row["id"] for row in visitor.get(rest["previous"]).json()["results"]] == [
        row["id"] for row in answer["results"]
    ]


def test_api_tells_no_contact_and_no_creators_own_name(visitor, creator):
    [row] = visitor.get("/api/v1/directory/creators/").json()["results"]
    assert row["legal_name"] is None
    assert not {"contact_name", "contact_phone", "uscc"} & set(row)


def test_api_of_no_directory_is_not_found(visitor):
    assert visitor.get("/api/v1/directory/people/").status_code == 404


def test_empty_directory_does_not_ask_to_drop_a_filter(visitor, settings):
    caches["local"].clear()
    page = soup(visitor, reverse("agency_list"))
    assert page.select_one(".empty") is not None
    assert page.select(".empty a") == []
    assert page.select_one("#demo-loading") is None
    settings.IS_DEMO = True
    jobs.start_job(factories.SYSTEM, kind="demo.load", args={"scale": 0.1})
    caches["local"].clear()
    assert soup(visitor, reverse("agency_list")).select_one("#demo-loading")["hx-get"] == "/"
