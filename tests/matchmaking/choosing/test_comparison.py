"""The comparison on paper: what stands on the page, for whoever may see the page."""

from __future__ import annotations

import io

import pytest
from django.utils import translation
from pypdf import PdfReader

from matchmaking.choosing import selectors, services
from matchmaking.choosing.fields import OpinionFields
from matchmaking.needs.services import decline_proposal
from matchmaking.needs.states import LossReason
from portal.core.documents import digest_of, render_pdf
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(merchant, provider, rival):
    need = factories.open_need(merchant.actor, gmv_low_fen=100_000_000, gmv_high_fen=500_000_000)
    factories.submitted_proposal(provider.actor, need)
    cheap = factories.submitted_proposal(rival.actor, need, monthly_fee_fen=3_000_000)
    services.give_opinion(merchant.actor, proposal=cheap, fields=OpinionFields(5, 4, 3, "报价实在"))
    return need


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def test_names_amounts_scores_and_parts_stand_on_the_paper(merchant, colleague, need):
    answer = colleague.browser().get(f"/needs/{need.pk}/comparison/")
    assert answer["Content-Type"] == "application/pdf"
    assert need.number in answer["Content-Disposition"]
    text = text_of(answer.content)
    for words in (
        *(need.title, need.number, "云帆电商", "北斗直播", merchant.party.name),
        *("¥38,000 + 3%", "¥30,000 + 3%", "¥228,000.00", "¥180,000.00"),
        "¥336,000.00",  # six fees and 3% of the target
        *("报价实在", "4.0 / 5", "2 主播 · 1 运营", "第 1 个月搭建直播间"),
    ):
        assert words in text, words
    assert "1 / " in text


def test_every_scenario_of_the_need_has_its_row_and_the_cheapest_its_mark(merchant, need):
    data = selectors.comparison_of(merchant.actor, need)
    [group] = data["groups"]
    costs = [row for row in group["rows"] if any(cell["best"] for cell in row["cells"])]
    assert len(costs) == 4
    assert all([cell["best"] for cell in row["cells"]] == [False, True] for row in costs)
    assert [row["label"] for row in group["parts"]][-2:] != []
    made = render_pdf("needs/comparison.typ", data)
    assert digest_of(data) in text_of(made)


def test_paper_speaks_the_readers_language(merchant, need):
    with translation.override("en"):
        data = selectors.comparison_of(merchant.actor, need)
        made = render_pdf("needs/comparison.typ", data)
    assert "Comparison of proposals" in text_of(made)
    assert data["lang"] == "en"


def test_others_do_not_get_it_and_nothing_to_compare_is_said(merchant, provider, rival, agency):
    need = factories.open_need(merchant.actor)
    address = f"/needs/{need.pk}/comparison/"
    assert merchant.browser().get(address).status_code == 409
    proposal = factories.submitted_proposal(provider.actor, need)
    for person in (provider, rival, agency):
        assert person.browser().get(address).status_code == 404
        assert person.browser().get(f"/api/v1{address}").status_code == 404
    api = merchant.browser().get(f"/api/v1{address}", headers={"Accept": "application/pdf"})
    assert (api.status_code, api["Content-Type"]) == (200, "application/pdf")
    decline_proposal(merchant.actor, proposal=proposal, reason=LossReason.PRICE)
    assert merchant.browser().get(address).status_code == 409


def test_more_than_fit_beside_each_other_go_on_on_another_page(merchant, need):
    for number in range(3):
        bidder = person_of(factories.listed_party("provider", f"服务商{number}"))
        factories.submitted_proposal(bidder.actor, need)
    data = selectors.comparison_of(merchant.actor, need)
    assert [len(group["names"]) for group in data["groups"]] == [4, 1]
    text = text_of(render_pdf("needs/comparison.typ", data))
    assert "服务商2" in "".join(text.split())
