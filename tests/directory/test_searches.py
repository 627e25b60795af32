"""Saved searches: one's own, and who has come into them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.directory import rules, services, tasks
from portal.directory.filters import Filters
from portal.directory.models import SavedSearch, ShortlistEntry
from portal.directory.newcomers import count_newcomers, newcomers
from portal.notices.models import Notice
from portal.parties.listing import publish_listings, publish_standing
from portal.parties.models import ListingBefore, Party, ServiceType
from portal.parties.services import hide_party, list_party, update_party
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db


def saved(person, name="直播", **asked: list[str]) -> SavedSearch:
    return services.save_search(person.actor, kind="provider", name=name, data=asked)


def new_in(search: SavedSearch) -> list[int]:
    question = Filters(search.kind, search.lists).question()
    found = newcomers(question, since=search.seen_at, most=50)
    assert count_newcomers(question, since=search.seen_at) == len(found)
    return found


def offer(person, *services_offered: str) -> None:
    own = Party.objects.get(pk=person.party.pk)
    keys = ServiceType.objects.filter(code__in=services_offered).values_list("pk", flat=True)
    update_party(
        person.actor,
        party=own,
        fields=factories.party_fields(own.name, uscc=own.uscc, legal_name=own.legal_name),
        provider=factories.provider_fields(service_ids=list(keys)),
    )


def test_only_who_comes_in_is_new(merchant, provider, rival):
    """`provider` stands in it already; `rival` comes in by a change, a third by being listed."""
    offer(rival, "shop")
    search = saved(merchant, service=["live-room"])
    assert new_in(search) == []
    offer(provider, "live-room", "shop")  # changed, and found before as well
    assert new_in(search) == []
    offer(rival, "live-room")
    third = factories.listed_party(PartyKind.PROVIDER, "第三家")
    assert set(new_in(search)) == {rival.party.pk, third.pk}
    offer(rival, "shop")
    assert new_in(search) == [third.pk]
    search = services.look_at_search(merchant.actor, search=search)
    assert new_in(search) == []


def test_who_hides_and_returns_is_not_new(merchant, provider):
    search = saved(merchant)
    hide_party(provider.actor, party=provider.party)
    assert new_in(search) == []
    list_party(provider.actor, party=provider.party)
    assert new_in(search) == []


def test_words_and_bands_of_scores_are_watched_too(merchant, provider, rival):
    by_name, by_score = (
        saved(merchant, "云帆", q=["yunfan"]),
        saved(merchant, "高分", score=["80-90"]),
    )
    publish_standing(provider.party, score=8_500)
    publish_standing(rival.party, score=7_900)
    assert (new_in(by_name), new_in(by_score)) == ([], [provider.party.pk])
    publish_standing(provider.party, score=8_600)  # inside the band nothing changes
    assert ListingBefore.objects.filter(party=provider.party).count() == 2
    factories.listed_party(PartyKind.PROVIDER, "云帆二号")
    assert len(new_in(by_name)) == 1


def test_making_rows_again_makes_nobody_new(merchant, provider):
    before = ListingBefore.objects.count()
    search = saved(merchant)
    publish_listings()
    assert (new_in(search), ListingBefore.objects.count()) == ([], before)


def test_notice_comes_once_a_day_and_names_the_searches(merchant, colleague, provider):
    with clock.standing_at(clock.now() - timedelta(days=2)):
        saved(merchant, "直播", service=["live-room"])
        saved(merchant, "杭州", city=["hangzhou"])
        saved(merchant, "店铺", service=["shop"])
        saved(colleague, "直播", service=["live-room"])
    with clock.standing_at(clock.now() - timedelta(days=1)):
        factories.listed_party(PartyKind.PROVIDER, "第三家")
    assert tasks.tell_newcomers() == 2
    assert tasks.tell_newcomers() == 0
    told = Notice.objects.filter(event="search_newcomers")
    [mine] = told.filter(user=merchant.user)
    assert "直播 (2)" in mine.text
    assert "杭州 (2)" in mine.text
    assert "店铺" not in mine.text
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert tasks.tell_newcomers() == 0  # nobody came since
    assert told.count() == 2


def test_who_stops_the_notices_hears_nothing(merchant, provider):
    with clock.standing_at(clock.now() - timedelta(days=2)):
        first, second = saved(merchant, "一"), saved(merchant, "二", city=["hangzhou"])
    services.tell_of_search(merchant.actor, search=first, is_told=False)
    factories.listed_party(PartyKind.PROVIDER, "第三家")
    assert services.silence_searches(merchant.actor) == 1
    assert tasks.tell_newcomers() == 0
    assert not Notice.objects.filter(event="search_newcomers").exists()
    second.refresh_from_db()
    assert len(new_in(second)) == 2  # they still stand on the page


def test_same_question_of_many_people_is_asked_once(merchant, colleague):
    with clock.standing_at(clock.now() - timedelta(days=2)):
        for person in (merchant, colleague):
            saved(person, service=["live-room"])
    SavedSearch.objects.update(told_at=clock.now() - timedelta(days=1))
    with CaptureQueriesContext(connection) as seen:
        services.tell_newcomers()
    assert len([q for q in seen if "parties_listingbefore" in q["sql"]]) == 1


def refused(person, name="直播", **asked: list[str]) -> int:
    with pytest.raises(Refused) as caught:
        saved(person, name, **asked)
    return caught.value.verdict.status


def test_refusals_change_nothing(merchant, stranger, monkeypatch):
    saved(merchant, "直播", service=["live-room"])
    assert refused(stranger) == 403
    assert refused(merchant, "另一个", service=["live-room"], sort=["new"], cursor=["x"]) == 409
    assert refused(merchant, "直播", city=["hangzhou"]) == 409
    monkeypatch.setattr(rules, "MOST_SEARCHES", 1)
    assert refused(merchant, "杭州", city=["hangzhou"]) == 422
    assert SavedSearch.objects.count() == 1
    assert AuditEntry.objects.filter(verb="save_search").count() == 1


def test_search_belongs_to_its_person(merchant, colleague, provider):
    search = saved(merchant)
    for other in (colleague, provider):
        assert not SavedSearch.objects.visible_to(other.actor).exists()
        assert other.browser().get(f"/searches/{search.pk}/").status_code == 404
        with pytest.raises(SavedSearch.DoesNotExist):
            services.delete_search(other.actor, search=search)
    services.delete_search(merchant.actor, search=search)
    assert not SavedSearch.objects.exists()


def test_search_is_saved_from_the_results_and_opened_again(merchant, provider):
    browser = merchant.browser()
    page = browser.get("/providers/?q=yunfan&city=hangzhou&sort=new").content.decode()
    assert "/searches/?directory=providers&amp;q=yunfan&amp;city=hangzhou" in page
    address = "/searches/?directory=providers&q=yunfan&city=hangzhou"
    assert "yunfan" in browser.get(address).content.decode()
    assert browser.post(address, {"name": ""}).status_code == 200
    assert browser.post(address, {"name": "云帆"})["Location"] == "/searches/"
    search = SavedSearch.objects.get()
    assert (search.name, search.query) == ("云帆", "q=yunfan&city=hangzhou")
    third = factories.listed_party(PartyKind.PROVIDER, "云帆三号")
    assert f"/searches/{search.pk}/" in browser.get("/searches/").content.decode()
    assert third.name in browser.get(f"/searches/{search.pk}/").content.decode()
    browser.post(f"/searches/{search.pk}/look/")
    assert third.name not in browser.get(f"/searches/{search.pk}/").content.decode()


def test_queries_of_the_list_grow_only_by_one_count_a_search(merchant, provider):
    def queries() -> int:
        browser = merchant.browser()
        with CaptureQueriesContext(connection) as seen:
            browser.get("/searches/")
        return len(seen)

    saved(merchant, "一", q=["一"])
    queries()
    with_one = queries()
    saved(merchant, "二", q=["二"])
    saved(merchant, "三", q=["三"])
    assert queries() == with_one + 2  # at most as many as may be saved


def test_past_is_forgotten(merchant, provider):
    with clock.standing_at(clock.now() - timedelta(days=31)):
        factories.listed_party(PartyKind.PROVIDER, "很久以前")
        services.add_shortlist_entry(merchant.actor, party=provider.party)
        services.remove_shortlist_entry(merchant.actor, party=provider.party)
    young = ListingBefore.objects.filter(changed_at__gt=clock.now() - timedelta(days=1)).count()
    assert tasks.forget_directory_past() == 2
    assert ListingBefore.objects.count() == young
    assert not ShortlistEntry.objects.exists()


def test_api_saves_shows_and_deletes(merchant, provider):
    browser = merchant.browser()
    body = {"directory": "providers", "name": "直播", "filters": {"service": ["live-room", "x"]}}
    made = browser.post("/api/v1/searches/", body, content_type="application/json")
    assert made.status_code == 201
    assert made.json()["filters"] == {"service": ["live-room"]}
    address = f"/api/v1/searches/{made.json()['id']}/"
    third = factories.listed_party(PartyKind.PROVIDER, "第三家")
    assert browser.get(address).json()["newcomers"] == 1
    assert [row["id"] for row in browser.get(f"{address}newcomers/").json()] == [third.pk]
    assert browser.post(f"{address}look/").json()["newcomers"] == 0
    told = browser.post(f"{address}notices/", {"is_told": False}, content_type="application/json")
    assert told.json()["is_told"] is False
    assert browser.delete(address).status_code == 200
    assert browser.get("/api/v1/searches/").json() == []
