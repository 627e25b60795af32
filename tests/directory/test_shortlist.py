"""A party's shortlist: its own, and written down."""

from __future__ import annotations

import pytest

from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.directory import rules, services
from portal.directory.models import ShortlistEntry
from portal.parties.services import hide_party

pytestmark = pytest.mark.django_db


def kept(actor: Actor) -> list[int]:
    entries = ShortlistEntry.objects.visible_to(actor)
    return list(entries.values_list("party_id", flat=True))


def test_colleagues_share_a_list_that_nobody_else_sees(merchant, colleague, provider, stranger):
    services.add_shortlist_entry(merchant.actor, party=provider.party)
    services.add_shortlist_entry(colleague.actor, party=provider.party)  # changes nothing
    assert kept(merchant.actor) == kept(colleague.actor) == [provider.party.pk]
    assert kept(provider.actor) == kept(stranger.actor) == []
    assert AuditEntry.objects.filter(verb="add_shortlist_entry").count() == 1
    services.remove_shortlist_entry(colleague.actor, party=provider.party)
    services.remove_shortlist_entry(colleague.actor, party=provider.party)
    assert kept(merchant.actor) == []
    assert AuditEntry.objects.filter(verb="remove_shortlist_entry").count() == 1


def test_refusals_change_nothing(merchant, provider, stranger, monkeypatch):
    with pytest.raises(Refused):
        services.add_shortlist_entry(stranger.actor, party=provider.party)
    with pytest.raises(Refused):
        services.add_shortlist_entry(merchant.actor, party=merchant.party)
    monkeypatch.setattr(rules, "MOST_ENTRIES", 0)
    with pytest.raises(Refused):
        services.add_shortlist_entry(merchant.actor, party=provider.party)
    assert not ShortlistEntry.objects.exists()
    assert not AuditEntry.objects.filter(verb="add_shortlist_entry").exists()


def test_button_puts_on_and_takes_off_and_returns(merchant, provider):
    browser = merchant.browser()
    address = f"/shortlist/{provider.party.pk}/"
    back = browser.post(address, {"kept": "1", "next": "/providers/?q=yun"})
    assert back["Location"] == "/providers/?q=yun"
    assert provider.party.name in browser.get("/shortlist/").content.decode()
    assert 'value="0" aria-pressed="true"' in browser.get("/providers/").content.decode()
    away = browser.post(address, {"kept": "0", "next": "https://elsewhere.example/"})
    assert away["Location"] == "/shortlist/"
    assert kept(merchant.actor) == []


def test_whoever_hides_is_not_shown(merchant, provider):
    services.add_shortlist_entry(merchant.actor, party=provider.party)
    hide_party(provider.actor, party=provider.party)
    page = merchant.browser().get("/shortlist/")
    assert provider.party.name not in page.content.decode()
    assert merchant.browser().post(f"/shortlist/{provider.party.pk}/").status_code == 404


def test_undo_brings_the_note_back(merchant, provider):
    browser = merchant.browser()
    address = f"/shortlist/{provider.party.pk}/"
    browser.post(address, {"kept": "1"})
    browser.post(f"{address}note/", {"note": "报价合适"})
    browser.post(address, {"kept": "0"})
    page = browser.get("/shortlist/").content.decode()
    assert provider.party.name in page  # in the sentence that it is off, with its undo
    assert f'action="{address}?kept=1"' in page
    browser.post(f"{address}?kept=1")
    assert ShortlistEntry.objects.visible_to(merchant.actor).get().note == "报价合适"


def test_note_is_the_partys_own(merchant, colleague, provider, rival):
    services.add_shortlist_entry(merchant.actor, party=provider.party, note="报价合适")
    entry = services.note_shortlist_entry(
        colleague.actor, entry=ShortlistEntry.objects.get(), note="下周再谈"
    )
    with pytest.raises(ShortlistEntry.DoesNotExist):
        services.note_shortlist_entry(rival.actor, entry=entry, note="别人的话")
    entry.refresh_from_db()
    assert entry.note == "下周再谈"
    assert "下周" not in str(AuditEntry.objects.filter(verb="note_shortlist_entry").values())


def test_note_that_is_too_long_is_refused(merchant, provider):
    services.add_shortlist_entry(merchant.actor, party=provider.party)
    merchant.browser().post(f"/shortlist/{provider.party.pk}/note/", {"note": "长" * 301})
    assert ShortlistEntry.objects.get().note == ""


def test_api_adds_notes_and_takes_off(merchant, provider, rival):
    browser = merchant.browser()
    body = {"party": provider.party.pk, "note": "报价合适"}
    made = browser.post("/api/v1/shortlist/", body, content_type="application/json")
    assert (made.status_code, made.json()["note"]) == (201, "报价合适")
    address = f"/api/v1/shortlist/{provider.party.pk}/"
    browser.put(address, {"note": "下周再谈"}, content_type="application/json")
    assert [row["note"] for row in browser.get("/api/v1/shortlist/").json()["results"]] == [
        "下周再谈"
    ]
    assert browser.delete(address).json()["note"] == "下周再谈"
    assert browser.get(address).status_code == 404
    assert rival.browser().delete(address).status_code == 404
