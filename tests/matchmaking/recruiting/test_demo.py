"""Yesterday in the demo, and the word of this morning about it."""

from __future__ import annotations

from datetime import date

import pytest

from matchmaking.catalogue.demo import make_cast_products, make_products
from matchmaking.recruiting.demo import make_latest, make_suggestions
from matchmaking.recruiting.models import Application, Post
from portal.core import clock
from portal.core.models import OutboxMessage
from portal.notices.models import Notice
from portal.parties import demo
from portal.parties.states import PartyKind

pytestmark = pytest.mark.django_db


def test_demo_sends_the_suggestions_of_the_day(settings):
    world = demo.read_world(date(2026, 11, 22))
    for kind in (PartyKind.MERCHANT, PartyKind.CREATOR):
        demo.make_cast_party(world, kind=kind, password="x")
    demo.make_parties(world, kind=PartyKind.MERCHANT, numbers=range(1, 12))
    with clock.standing_at(world.dawn):
        make_cast_products(world)
        make_products(world, range(1, 12))
        make_latest(world)
        assert make_suggestions(world) >= 2
    post = Post.objects.get()
    assert (post.status, post.poster) == ("open", demo.cast_party(PartyKind.CREATOR))
    assert Application.objects.filter(status="shortlisted").count() <= 1
    told = {
        (notice.event, notice.party_id)
        for notice in Notice.objects.filter(event__startswith="suggestion.")
    }
    for event, kind in (("products", PartyKind.CREATOR), ("posts", PartyKind.MERCHANT)):
        assert (f"suggestion.{event}", demo.cast_party(kind).pk) in told
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()
