"""The change of the own two weakest dimensions, told with each official snapshot."""

from __future__ import annotations

from datetime import date

import pytest

from portal.evaluation.gathering.document import month_back
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact, Rating
from portal.evaluation.services.weakest import (
    MEASURE,
    REF,
    change_of_weakest,
    record_weakest_changes,
)
from tests.evaluation import factories
from tests.factories import SYSTEM

ENDS_ON = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [
        ({"a": 40, "b": 50, "c": 90}, {"a": 46, "b": 52, "c": 20}, 4.0),
        ({"a": 40, "b": 50, "c": 90}, {"b": 45, "c": 95}, 0.0),  # of those rated both times
        ({"a": 40, "b": 50}, {"a": 41}, None),
        ({}, {"a": 41, "b": 50}, None),
    ],
)
def test_change_is_of_the_two_that_were_lowest(was, now, change):
    assert change_of_weakest(was, now) == change


@pytest.mark.django_db
def test_official_rating_tells_the_change_over_a_year(provider):
    rated = factories.method()
    peers = factories.group(9)
    parties = [provider.party, *peers]
    old = dict(zip(parties, factories.peers_values(10), strict=True))
    factories.snapshot(rated, old, ends_on=month_back(ENDS_ON, 12))
    new = old | {provider.party: old[peers[0]]}
    snapshot = factories.snapshot(rated, new, ends_on=ENDS_ON)

    assert record_weakest_changes(SYSTEM, snapshot) == 10
    assert record_weakest_changes(SYSTEM, snapshot) == 0

    fact = Fact.objects.get(party=provider.party, measure=MEASURE)
    assert (fact.ends_on, fact.service.code) == (ENDS_ON, "live-room")
    assert fact.value == change_of_weakest(*(_scores(one) for one in _both(provider)))
    link = row_link(REF)
    assert link is not None
    assert f"snapshot={snapshot.pk}" in (link.find(provider.actor, fact.ref_id) or "")

    better = new | {provider.party: old[peers[1]]}
    corrected = factories.snapshot(rated, better, ends_on=ENDS_ON, replaces=snapshot)
    assert record_weakest_changes(SYSTEM, corrected) == 0
    later = Fact.objects.get(corrects=fact)
    first, *_replaced, last = _both(provider)
    assert later.value == change_of_weakest(_scores(first), _scores(last)) != fact.value


def _both(provider):
    return list(Rating.objects.filter(party=provider.party).order_by("snapshot__ends_on", "pk"))


def _scores(rating):
    return dict(rating.dimensions.values_list("dimension", "score"))


@pytest.mark.django_db
def test_first_year_tells_nothing(provider):
    snapshot = factories.snapshot(factories.method(), {provider.party: factories.AVERAGE})
    assert record_weakest_changes(SYSTEM, snapshot) == 0
