"""The demo has a sample of orders, so the limits of brands' sizes are lower there."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import World, demo_user
from portal.policies.fields import DatedFields
from portal.policies.services import approve_dated_rule, propose_dated_rule
from portal.policies.states import DatedKind

LIMITS = {DatedKind.BRAND_M: 1_000_000, DatedKind.BRAND_L: 3_000_000}  # fen
AGO = timedelta(days=400)
SOURCE = "演示：订单为抽样，规模线按演示订单的分布设定"


def announce_sizes(world: World) -> None:
    """Two people's work, as every rule of the platform."""
    maker, checker = (
        Actor(user=demo_user(login), party=None, role=OPERATOR, via="demo")
        for login in ("finance", "checker")
    )
    with clock.standing_at(world.dawn - AGO):
        for kind, value in LIMITS.items():
            starts_on = clock.today() + timedelta(days=10)
            fields = DatedFields(kind, value, starts_on, SOURCE)
            approve_dated_rule(checker, rule=propose_dated_rule(maker, fields=fields))
