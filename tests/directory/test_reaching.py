"""What the reader of a profile can do next."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from matchmaking.needs import services as needs
from portal.directory import services
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db


def head(client: Client, party) -> BeautifulSoup:
    page = client.get(reverse(f"{party.kind}_detail", args=[party.pk]))
    return BeautifulSoup(page.content, "html.parser").select_one("#content .head")


def test_merchant_invites_from_the_profile(merchant, provider):
    assert f"/needs/new/?for={provider.party.pk}" in str(head(merchant.browser(), provider.party))
    need = factories.open_need(merchant.actor)
    shown = head(merchant.browser(), provider.party)
    form = shown.select_one(f"form[action='/needs/{need.pk}/invitations/']")
    sent = {field["name"]: field["value"] for field in form.select("input[name=provider]")}
    assert merchant.browser().post(form["action"], sent).status_code == 302
    assert need.proposals.get().provider == provider.party
    assert head(merchant.browser(), provider.party).select("form[action*=invitations]") == []


def test_needs_that_seek_others_or_one_alone_are_not_offered(merchant, provider, rival, agency):
    factories.open_need(merchant.actor, only_for_id=rival.party.pk)
    factories.draft_need(merchant.actor)
    needs_of_ours = "form[action*=invitations]"
    assert head(merchant.browser(), provider.party).select(needs_of_ours) == []
    need = factories.open_need(merchant.actor)
    assert head(merchant.browser(), agency.party).select(needs_of_ours) == []
    needs.cancel_need(merchant.actor, need=need)
    assert head(merchant.browser(), provider.party).select(needs_of_ours) == []


@pytest.mark.parametrize("kind", ["provider", "agency", "creator", "merchant"])
def test_stranger_is_shown_the_way_in(visitor, stranger, kind, request):
    party = request.getfixturevalue(kind).party
    assert head(visitor, party).select_one("a.btn-primary")["href"] == "/accounts/signup/"
    assert head(stranger.browser(), party).select_one("a.btn-primary")["href"] == "/parties/new/"


@pytest.mark.parametrize("kind", ["provider", "agency", "creator"])
def test_everybody_is_kept_and_compared_from_the_profile(merchant, kind, request):
    party = request.getfixturevalue(kind).party
    other = factories.listed_party(PartyKind(kind), "另一家")
    services.add_shortlist_entry(merchant.actor, party=other)
    shown = head(merchant.browser(), party)
    assert shown.select_one(f"form[action='/shortlist/{party.pk}/'] button")["value"] == "1"
    compare = reverse(f"{kind}_compare") + f"?p={party.pk}&p={other.pk}"
    assert compare in [link["href"] for link in shown.select("a")]
    services.add_shortlist_entry(merchant.actor, party=party)
    shown = head(merchant.browser(), party)
    assert shown.select_one(f"form[action='/shortlist/{party.pk}/'] button")["value"] == "0"
