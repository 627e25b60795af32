"""Where a paper is proposed from, and who may check one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.revenue.bills.making import paper

from .making import proposed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["provider", "agency", "creator"])
def test_profile_leads_to_a_proposal(merchant, provider, agency, creator, colleague, kind):
    other = {"provider": provider, "agency": agency, "creator": creator}[kind]
    door = reverse("agreement_create", args=[other.party.pk])
    profile = reverse(f"{kind}_detail", args=[other.party.pk])
    assert door in merchant.browser().get(profile).content.decode()
    assert door not in colleague.browser().get(profile).content.decode()  # signs nothing
    assert door not in other.browser().get(profile).content.decode()


def test_whoever_holds_a_paper_checks_it(client, merchant, creator):
    held = paper(merchant, creator)
    page = client.get(reverse("paper_check"), {"digest": held.sha256}).content.decode()
    assert merchant.party.legal_name in page
    assert "坑位费" in page
    assert client.get(reverse("paper_check"), {"digest": "0" * 64}).status_code == 200


def test_a_proposal_does_not_pass_for_an_agreement(client, merchant, provider):
    version = proposed(merchant, provider)
    response = client.get(reverse("paper_check"), {"digest": version.sha256})
    assert response.context["agreement"].holds is False
