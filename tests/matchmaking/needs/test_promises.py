"""An answer says what its kind can promise: sessions and videos, creators, or a team."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.choosing.selectors import comparison_of
from matchmaking.needs import services
from matchmaking.needs.models import Proposal
from portal.core import clock
from tests import factories
from tests.matchmaking.needs.checks import english, refused, reread
from tests.matchmaking.needs.test_kinds import seeking

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("provider", {"team": ""}),
        ("provider", {"lives": 2}),
        ("provider", {"creators": 2}),
        ("agency", {"creators": 3, "team": ""}),
        ("agency", {"creators": None}),
        ("agency", {"creators": 3, "videos": 2}),
        ("creator", {"lives": 2}),  # with a team
        ("creator", {"team": ""}),  # of nothing
        ("creator", {"team": "", "lives": 2, "creators": 2}),
        ("creator", {"team": "", "lives": 0, "videos": 2}),
        ("creator", {"team": "", "videos": 10_001}),
        ("creator", {"team": "", "lives": 2, "delivers_by": clock.today() - timedelta(days=9)}),
    ],
)
def test_answer_that_does_not_fit_its_kind_is_refused(request, merchant, kind, wrong):
    bidder = request.getfixturevalue(kind)
    need = seeking(merchant, kind) if kind != "provider" else factories.open_need(merchant.actor)
    fields = factories.proposal_fields(**wrong)
    refused(422, services.submit_proposal, bidder.actor, need=need, fields=fields)
    assert not Proposal.objects.exists()


def test_creator_answers_by_its_own_form_and_what_it_promised_is_agreed(merchant, creator):
    need = seeking(merchant, "creator", lives_wanted=2, videos_wanted=6)
    browser = creator.browser()
    form = browser.get(f"/needs/{need.pk}/proposal/").context["form"]
    assert "team" not in form.fields
    assert (form["lives"].value(), form["videos"].value()) == (2, 6), "as the merchant asks"
    typed = {
        "plan": "周五晚专场，提前三天预热。",
        "lives": "2",
        "videos": "5",
        "samples_wanted": "3",
        "monthly_fee": "",
        "share": "15",
        "starts_on": need.starts_on.isoformat(),
        "delivers_by": (need.starts_on + timedelta(days=20)).isoformat(),
    }
    assert browser.post(f"/needs/{need.pk}/proposal/", typed).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.lives, proposal.videos, proposal.samples_wanted) == (2, 5, 3)
    for page in (need.get_absolute_url(), proposal.get_absolute_url()):
        shown = english(merchant).get(page).content.decode()
        assert "2 live sessions" in shown
        assert "3 samples wanted" in shown
    rows = comparison_of(merchant.actor, need)["groups"][0]["rows"]
    assert "Team" not in [row["label"] for row in rows]
    cooperation = services.accept_proposal(merchant.actor, proposal=proposal)
    plan, promised = cooperation.scope.split("\n\n")
    assert plan == proposal.plan
    assert promised.count("·") == 3
    assert "5" in promised


def test_agency_says_how_many_creators_it_brings(merchant, agency):
    need = seeking(merchant, "agency", creators_wanted=3)
    form = agency.browser().get(f"/needs/{need.pk}/proposal/").context["form"]
    assert form["creators"].value() == 3
    assert {"lives", "videos"}.isdisjoint(form.fields)
    proposal = factories.submitted_proposal(agency.actor, need, creators=4)
    shown = english(merchant).get(need.get_absolute_url()).content.decode()
    assert "Brings 4 creators" in shown
    assert reread(proposal).creators == 4


def test_what_is_promised_stays_the_bidders_until_it_is_submitted(merchant, creator):
    need = seeking(merchant, "creator")
    services.invite_provider(merchant.actor, need=need, provider=creator.party)
    fields = factories.proposal_fields(**factories.PROMISED["creator"])
    proposal = services.draft_proposal(creator.actor, need=need, fields=fields)
    url = f"/api/v1/proposals/{proposal.pk}/"
    assert creator.browser().get(url).json()["lives"] == 2
    assert merchant.browser().get(url).json()["lives"] is None
    assert "2 live" not in english(merchant).get(proposal.get_absolute_url()).content.decode()


def test_api_takes_a_creators_answer_without_a_team(merchant, creator):
    need = seeking(merchant, "creator")
    body = {
        "plan": "周五晚专场。",
        "monthly_fee_fen": 0,
        "share_bp": 1500,
        "starts_on": need.starts_on.isoformat(),
        "videos": 3,
    }
    url = f"/api/v1/needs/{need.pk}/proposals/"
    browser = creator.browser()
    wrong = browser.post(url, body | {"team": "2 人"}, content_type="application/json")
    assert wrong.status_code == 422
    made = browser.post(url, body, content_type="application/json")
    assert made.status_code == 201
    assert (made.json()["videos"], made.json()["team"]) == (3, "")


def test_database_keeps_no_promises_of_two_kinds(merchant, agency):
    proposal = factories.submitted_proposal(agency.actor, seeking(merchant, "agency"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(lives=1)
