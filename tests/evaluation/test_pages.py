"""The page on which a party reads its own rating."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.verdict import Refused
from portal.evaluation import exports
from portal.evaluation.states import SnapshotKind

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(provider):
    peers, method = factories.group(12), factories.method()
    values = dict(zip(peers, factories.peers_values(12), strict=True))
    better = factories.AVERAGE | {"T1": (45.0, 30), "T3": (70.0, 41)}
    factories.snapshot(method, values | {provider.party: factories.AVERAGE})
    made = factories.snapshot(
        method,
        values | {provider.party: better},
        kind=SnapshotKind.PREVIEW,
        ends_on=date(2027, 1, 31),
    )
    return made.ratings.get(party=provider.party)


def test_evaluation_detail_opens_each_dimension(rated, provider):
    text = provider.browser().get("/evaluation/").content.decode()
    assert f"{rated.score:.1f}" in text
    for indicator in factories.AVERAGE:
        assert f'id="i-{indicator}"' in text
    assert 'class="radar large"' in text
    assert text.count('class="link"') > 2  # the waterfall
    assert "style=" not in text


def test_evaluation_detail_before_any_snapshot_says_what_comes(provider):
    assert provider.browser().get("/evaluation/").status_code == 200


def test_evaluation_detail_of_an_unrated_party_says_what_is_lacking(rated, rival):
    values = {rival.party: {"T1": (40.0, 3)}}
    factories.snapshot(factories.method("retired"), values, ends_on=date(2027, 2, 28))
    response = rival.browser().get("/evaluation/")
    assert "radar-na" in response.content.decode()
    assert response.context["own"].board.lines["T1"].lack


def test_evaluation_detail_is_for_rated_kinds(merchant):
    assert merchant.browser().get("/evaluation/").status_code == 403


def test_evaluation_detail_shows_an_earlier_snapshot(rated, provider):
    old = provider.party.ratings.exclude(pk=rated.pk).get()
    response = provider.browser().get(f"/evaluation/?snapshot={old.snapshot_id}")
    assert response.context["own"].rating == old


def test_evaluation_detail_takes_as_many_queries_for_more_peers(
    rated, provider, django_assert_max_num_queries
):
    browser = provider.browser()
    browser.get("/evaluation/")
    with django_assert_max_num_queries(32):
        browser.get("/evaluation/")


def test_what_if_reckons_anew_and_is_passed_on_by_its_address(rated, provider):
    browser = provider.browser()
    response = browser.get("/evaluation/what-if/?T1=80&T3=95")
    trial = response.context["trial"]
    assert trial.gain > 0
    assert "ghost" in response.content.decode()
    part = browser.get(
        "/evaluation/what-if/?T1=80&T3=95", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="trial"
    ).content.decode()
    assert "<html" not in part
    assert part.strip() in response.content.decode()


def test_what_if_without_changes_is_how_it_is(rated, provider):
    response = provider.browser().get("/evaluation/what-if/?T1=&T3=nonsense")
    assert response.context["trial"].score == pytest.approx(rated.score, abs=1e-6)


def test_number_of_the_page_leads_to_its_appeal(rated, provider):
    browser = provider.browser()
    url = f"/evaluation/ratings/{rated.pk}/appeal/"
    assert f"{url}?indicator=T3" in browser.get("/evaluation/").content.decode()
    body = {"indicator": "T3", "text": "2 人是内部转岗。"}
    response = browser.post(url, body, follow=True)
    assert response.context["appeal"].indicator == "T3"
    assert f"{url}?indicator=T3" not in browser.get("/evaluation/").content.decode()


def test_plan_is_drafted_and_signed_on_the_page(rated, provider):
    browser = provider.browser()
    body = {"title": "提升计划", "text_0": "考证 8 人", "due_0": "2027-03-01", "indicator_0": "T1"}
    plan = browser.post("/evaluation/plans/new/", body, follow=True).context["plan"]
    browser.post(f"{plan.get_absolute_url()}signature/")
    plan.refresh_from_db()
    assert plan.status == "proposed"


def test_evidence_is_the_partys_own_rows(rated, provider, rival):
    rows = list(exports.rows(provider.actor, exports.clean({"rating": str(rated.pk)})))
    assert rows == []
    with pytest.raises(Refused):
        list(exports.rows(rival.actor, exports.clean({"rating": str(rated.pk)})))
