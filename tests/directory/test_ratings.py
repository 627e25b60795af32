"""Official ratings on cards, profiles and side by side; nothing of previews."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.directory.profiles import cards_of
from portal.evaluation.segments import band_of
from portal.evaluation.standings import publish_newest_standings, publish_standings_of
from portal.evaluation.states import SnapshotKind
from portal.parties.listing import Reached, publish_reach
from portal.parties.models import Rank, Reach
from portal.parties.selectors import whole_parties
from tests.evaluation import factories
from tests.factories import listed_party

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(provider, rival):
    peers, method = factories.group(8), factories.method()
    values = dict(zip(peers, factories.peers_values(8), strict=True))
    better = factories.AVERAGE | {"T1": (60.0, 30)}
    values |= {provider.party: factories.AVERAGE, rival.party: better}
    return factories.snapshot(method, values)


def test_profile_shows_the_official_rating_in_plain_sentences(rated, provider, visitor):
    text = visitor.get(f"/providers/{provider.party.pk}/").content.decode()
    rating = rated.ratings.get(party=provider.party)
    assert f"{rating.score:.1f}" in text
    assert 'class="radar medium"' in text


def test_profile_before_the_first_rating_has_no_blank_radar(provider, visitor):
    text = visitor.get(f"/providers/{provider.party.pk}/").content.decode()
    assert 'class="radar medium"' not in text


def test_profile_shows_nothing_of_previews(provider, visitor):
    values = {provider.party: factories.AVERAGE}
    factories.snapshot(factories.method(), values, kind=SnapshotKind.PREVIEW)
    response = visitor.get(f"/providers/{provider.party.pk}/")
    assert response.context["shown"] is None


def test_cards_show_the_score_with_its_band(rated, merchant):
    text = merchant.browser().get("/providers/").content.decode()
    for rating in rated.ratings.filter(party__name__in=["云帆电商", "北斗直播"]):
        assert f"{rating.low:.1f}–{rating.high:.1f}" in text


def test_cards_take_as_many_queries_for_three_as_for_one(rated, merchant, provider):
    parties = list(whole_parties().listed().filter(kind="provider"))
    counts = []
    for some in (parties[:1], parties):
        with CaptureQueriesContext(connection) as queries:
            cards_of("provider", some)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_compare_draws_both_on_one_radar(rated, provider, rival, visitor):
    url = f"/providers/compare/?p={provider.party.pk}&p={rival.party.pk}"
    text = visitor.get(url).content.decode()
    assert 'class="s s1"' in text
    assert 'class="s s2"' in text


def test_newer_official_rating_takes_over(rated, provider, visitor):
    values = {provider.party: factories.AVERAGE}
    newer = factories.snapshot(factories.method("retired"), values, ends_on=date(2027, 3, 31))
    response = visitor.get(f"/providers/{provider.party.pk}/")
    assert response.context["shown"].rating.snapshot == newer


def test_results_draw_a_small_radar_of_who_is_rated(rated, merchant):
    text = merchant.browser().get("/providers/").content.decode()
    assert text.count('class="radar small"') == 2


def test_directory_follows_what_is_published(rated, provider):
    rating = rated.ratings.get(party=provider.party, is_home=True)
    publish_standings_of(rated)
    rank = Rank.objects.get(party=provider.party, by=rating.service_id)
    assert rank.value == round(rating.score * 100)
    band = band_of(rating.own_segment)
    assert Reach.objects.get(party=provider.party).size_band == band
    # What an older one said of somebody is not said any more.
    newcomer = listed_party("provider", "云朵直播")
    older = Rank.objects.create(party=newcomer, by=10_000, value=5_000)
    publish_reach({newcomer.pk: Reached(size_band="L")})
    publish_newest_standings()
    older.refresh_from_db()
    assert older.value == -1
    assert Reach.objects.get(party=newcomer).size_band == ""
    rank.refresh_from_db()
    assert rank.value == round(rating.score * 100)
