"""The demo's proposals, disputes, samples and content orders, by the services."""

from __future__ import annotations

from datetime import date

import pytest

from matchmaking.catalogue.demo import make_cast_products
from matchmaking.content.demo import make_orders
from matchmaking.content.models import ContentOrder
from matchmaking.cooperation.demo import make_talks
from matchmaking.cooperation.models import Cooperation, Dispute
from matchmaking.needs.demo import make_cast_need, make_cast_work
from matchmaking.samples.demo import make_samples
from matchmaking.samples.models import Sample
from portal.core import clock
from portal.parties import demo
from portal.parties.states import PartyKind

pytestmark = pytest.mark.django_db


def test_demo_has_every_state(settings):
    world = demo.read_world(date(2026, 11, 22))
    for kind in PartyKind:
        demo.make_cast_party(world, kind=kind, password="x")
    for kind in (PartyKind.MERCHANT, PartyKind.PROVIDER):
        demo.make_parties(world, kind=kind, numbers=range(1, 2))
    demo.make_operator("x")
    with clock.standing_at(world.dawn):
        make_cast_products(world)
        make_cast_need(world)
        make_cast_work(world)
        make_talks(world)
        make_samples(world)
        make_orders(world)
    states = set(ContentOrder.objects.values_list("status", flat=True))
    assert states == {
        *("asked", "quoted", "accepted", "produced", "approved", "paid", "closed", "declined"),
        "cancelled",
    }
    lived = set(Cooperation.objects.filter(door="content").values_list("status", flat=True))
    assert lived == {"active", "ended", "terminated"}
    talked = set(Cooperation.objects.filter(door="direct").values_list("status", flat=True))
    assert talked == {"proposed", "countered", "lapsed"}
    assert Sample.objects.exists()
    assert Dispute.objects.filter(status="decided", returned_bp=1_000).exists()
