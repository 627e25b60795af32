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
