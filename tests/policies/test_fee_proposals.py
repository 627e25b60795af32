"""Rates of fees on pages and over the API: one person proposes, another announces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.core import clock
from portal.policies.models import FeeProposal, FeeRate
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
API = "/api/v1/fee-proposals/"


def said(**more) -> dict:
    day = (clock.today() + timedelta(days=8)).isoformat()
    return {"fee": "technical_fee", "starts_on": day, **more}


def propose(person, **more):
    form = said(rate_bp="9.5", source="公告", **more)
    return person.browser().post(reverse("fee_proposal_create"), form)


def test_second_person_announces_what_the_first_proposed():
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    assert propose(maker).status_code == 302
    proposal = FeeProposal.objects.get()
    address = reverse("fee_proposal_approval", args=[proposal.pk])
    page = checker.browser().get(reverse("fee_proposal_list")).content.decode()
    assert address in page
    assert "9.5%" in page
    before = FeeRate.objects.count()
    assert maker.browser().post(address).status_code == 403
    assert FeeRate.objects.count() == before
    assert checker.browser().post(address).status_code == 302
    rate = FeeRate.objects.latest("pk")
    assert (rate.rate_bp, rate.starts_on) == (950, proposal.starts_on)
    assert address not in checker.browser().get(reverse("fee_proposal_list")).content.decode()


def test_refused_rate_changes_nothing():
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    propose(maker)
    before, proposal = FeeRate.objects.count(), FeeProposal.objects.get()
    checker.browser().post(reverse("fee_proposal_refusal", args=[proposal.pk]))
    proposal.refresh_from_db()
    assert (proposal.status, FeeRate.objects.count()) == ("refused", before)


def test_rate_that_begins_too_soon_stays_in_the_form():
    answer = propose(staff_person("finance maker"), starts_on=clock.today().isoformat())
    assert (answer.status_code, FeeProposal.objects.exists()) == (200, False)


def test_machines_propose_and_announce():
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    body = said(rate_bp=950, announcement="公告", category="food", fee="platform_fee")
    made = maker.browser().post(API, body, "application/json").json()
    assert (made["status"], made["category"]) == ("proposed", "food")
    answer = checker.browser().post(f"{API}{made['id']}/approval/").json()
    assert answer["status"] == "approved"
    assert FeeRate.objects.latest("pk").category.code == "food"


def test_others_see_no_proposals(merchant):
    browser = merchant.browser()
    assert browser.get(reverse("fee_proposal_list")).status_code == 403
    assert browser.get(API).status_code == 403
