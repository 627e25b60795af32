"""The demo's people have been here before: what changed since then stands on their workbench."""

from __future__ import annotations

from datetime import timedelta

from portal.core.actor import OPERATOR, Actor
from portal.notices.services import bring_visit
from portal.parties.demo import CAST, World, acting, cast_party, demo_user

AWAY = timedelta(days=4)


def make_visits(world: World) -> None:
    operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    for actor in (operator, *(acting(cast_party(kind)) for kind in CAST)):
        bring_visit(actor, at=world.dawn - AWAY)
