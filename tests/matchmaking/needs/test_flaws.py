"""What is written must be sound: form, service and API refuse the same input alike."""

from datetime import timedelta

import pytest
from django.utils import translation

from matchmaking.needs import services
from matchmaking.needs.forms import NeedForm, ProposalForm
from matchmaking.needs.models import Need, Proposal
from portal.core import clock
from portal.core.verdict import Refused
from portal.parties.models import Category, ServiceType
from tests import factories

pytestmark = pytest.mark.django_db


def day(offset):
    return clock.today() + timedelta(days=offset)


NEED_FLAWS = [
    ({"budget_low_fen": 300, "budget_high_fen": 200}, "budget_high", "Not below the lower budget."),
    (
        {"city_id": None, "accepts_remote": False},
        "city",
        "Name the city, or say that remote work is fine.",
    ),
    ({"closes_on": -1}, "closes_on", "Today or later."),
    ({"closes_on": 40, "starts_on": 30}, "closes_on", "Not after the start of the work."),
    ({"starts_on": 1000}, "starts_on", "The work must start within two years."),
    ({"gmv_target_fen": 0}, "gmv_target", "Above zero, or leave it empty."),
    (
        {"title": "谷雨粒食品找自播间代运营"},
        "title",
        "Leave your name out; everyone can read the title.",
    ),
    (
        {"title": "自播间代运营 138-0000 1111"},
        "title",
        "Leave phone numbers out; contacts are shown once a cooperation is agreed.",
    ),
]


def with_days(changes):
    return {k: day(v) if k.endswith("_on") else v for k, v in changes.items()}


def need_form(fields, merchant):
    return NeedForm(
        merchant,
        {
            "title": fields.title,
            "brief": fields.brief,
            "services": [ServiceType.objects.get(code="live-room").pk],
            "categories": [Category.objects.get(code="food").pk],
            "city": fields.city_id or "",
            "accepts_remote": "on" if fields.accepts_remote else "",
            "budget_low": f"{fields.budget_low_fen / 100:.2f}",
            "budget_high": f"{fields.budget_high_fen / 100:.2f}",
            "gmv_target": "" if fields.gmv_target_fen is None else str(fields.gmv_target_fen),
            "starts_on": fields.starts_on.isoformat(),
            "term_months": str(fields.term_months),
            "closes_on": fields.closes_on.isoformat(),
        },
    )


@pytest.mark.parametrize(("changes", "field", "sentence"), NEED_FLAWS)
def test_flawed_need_is_refused_alike(merchant, changes, field, sentence):
    fields = factories.need_fields(**with_days(changes))
    with translation.override("en"):
        assert need_form(fields, merchant.party).errors == {field: [sentence]}
        with pytest.raises(Refused, match=sentence):
            services.create_need(merchant.actor, fields=fields)
    assert not Need.objects.exists()


def test_sound_need_passes_the_form(merchant):
    assert need_form(factories.need_fields(), merchant.party).errors == {}


PROPOSAL_FLAWS = [
    (
        {"monthly_fee_fen": 0, "share_bp": 0},
        "monthly_fee",
        "Ask for a fixed fee, a share, or both.",
    ),
    ({"starts_on": -1}, "starts_on", "Today or later."),
    ({"starts_on": 1000}, "starts_on", "The work must start within two years."),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), PROPOSAL_FLAWS)
def test_flawed_proposal_is_refused_alike(merchant, provider, changes, field, sentence):
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields(**with_days(changes))
    form = ProposalForm(
        need,
        {
            "plan": fields.plan,
            "team": fields.team,
            "monthly_fee": f"{fields.monthly_fee_fen / 100:.2f}",
            "share": f"{fields.share_bp / 100:.2f}",
            "starts_on": fields.starts_on.isoformat(),
        },
    )
    with translation.override("en"):
        assert form.errors == {field: [sentence]}
        with pytest.raises(Refused, match=sentence):
            services.submit_proposal(provider.actor, need=need, fields=fields)
        answer = provider.browser().post(
            f"/api/v1/needs/{need.pk}/proposals/",
            {
                "plan": fields.plan,
                "team": fields.team,
                "monthly_fee_fen": fields.monthly_fee_fen,
                "share_bp": fields.share_bp,
                "starts_on": fields.starts_on.isoformat(),
            },
            content_type="application/json",
            headers={"accept-language": "en"},
        )
    assert answer.status_code == 422
    assert answer.json()["detail"] == sentence
    assert list(answer.json()["flaws"].values()) == [[sentence]]
    assert not Proposal.objects.exists()
