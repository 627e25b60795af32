"""The demo sells a sample of a year's orders, so the thresholds are lower there, as two people
announced; what is counted against them is counted as on every night."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.core.actor import OPERATOR, Actor, system_actor
from portal.goals import services
from portal.parties.demo import World, demo_user
from portal.policies.fields import DatedFields
from portal.policies.services import approve_dated_rule, propose_dated_rule
from portal.policies.states import DatedKind

DEMO = system_actor("demo")
THRESHOLDS = {  # fen
    DatedKind.UP_SALES: 2_000_000,
    DatedKind.UP_CREATOR: 200_000,
    DatedKind.UP_TOP_CREATOR: 1_000_000,
}
AGO = timedelta(days=400)
SOURCE = "演示：订单为抽样，UP 计划门槛按演示订单的分布设定"


def announce_thresholds(world: World) -> None:
    maker, checker = (
        Actor(user=demo_user(login), party=None, role=OPERATOR, via="demo")
        for login in ("finance", "checker")
    )
    with clock.standing_at(world.dawn - AGO):
        for kind, value in THRESHOLDS.items():
            starts_on = clock.today() + timedelta(days=10)
            fields = DatedFields(kind, value, starts_on, SOURCE)
            approve_dated_rule(checker, rule=propose_dated_rule(maker, fields=fields))


def count_year(world: World) -> None:
    services.count_goals(DEMO, until=world.today)
