"""The demo's cases stand in every state, made through the services."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.conduct import demo
from portal.conduct.models import Case, CorrectiveAction, Measure, Report
from portal.core import clock
from portal.parties import demo as parties_demo
from portal.parties.states import PartyKind

pytestmark = pytest.mark.django_db


def test_every_state_is_there():
    world = parties_demo.read_world()
    parties_demo.make_operator("x")
    for kind in (PartyKind.MERCHANT, PartyKind.PROVIDER):
        parties_demo.make_cast_party(world, kind=kind, password="x")
    for kind in (PartyKind.PROVIDER, PartyKind.AGENCY):
        parties_demo.make_parties(world, kind=kind, numbers=range(1, 24))
    with clock.standing_at(world.dawn):
        demo.make_cases(world)
    assert Counter(Case.objects.values_list("status", flat=True)) == {
        "reported": 1,
        "notified": 1,
        "heard": 1,
        "confirmed": 1,
        "appealed": 1,
        "overturned": 1,
        "final": 2,
        "lapsed": 1,
        "dismissed": 1,
    }
    assert Report.objects.count() == 10
    assert sorted(CorrectiveAction.objects.values_list("status", flat=True)) == ["done", "open"]
    assert Measure.objects.get().ended_at is not None
