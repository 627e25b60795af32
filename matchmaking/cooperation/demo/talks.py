"""Cooperations that are being proposed, and disputes at every point of their way."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import AmendmentFields, DisputeFields, PriceFields, Terms
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import RUNNING
from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.core.verdict import Refused
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.models import Party
from portal.parties.states import PartyKind

MOST_DISPUTES = 8
SAID = "约定每周五场直播，第三周起只播了三场，附排期截图说明。"
DECIDED = "排期记录显示少播两场属实，停播已提前告知，按比例退回一成。"
ANSWERED = "第三周平台升级停播两天，已提前在群里说明，愿意补播。"


def make_talks(world: World) -> None:
    """Proposals of the guide's merchant, and disputes of cooperations with orders."""
    with outbox.born_delivered():
        _propose(world)
        _dispute(world)


def _propose(world: World) -> None:
    merchant = cast_party(PartyKind.MERCHANT)
    ways = ((PartyKind.PROVIDER, "wait"), (PartyKind.AGENCY, "counter"), (PartyKind.CREATOR, "no"))
    for kind, way in ways:
        other = cast_party(kind)
        with clock.standing_at(world.dawn - timedelta(days=2)), suppress(Refused):
            made = _proposed(acting(merchant), other, world)
            _answer(acting(other), made, way)


def _proposed(actor: Actor, other: Party, world: World) -> Cooperation:
    terms = Terms(
        title=f"新年专场合作 · {other.name}"[:80],
        scope="一月每周两场专场直播，品牌方提供样品与排期，双方每周复盘。",
        monthly_fee_fen=2_000_000,
        share_bp=600,
        starts_on=world.today + timedelta(days=20),
        term_months=3,
        gmv_target_fen=300_000_000,
        refund_ladder=[[0, 10_000], [5_000, 4_000], [10_000, 0]],
    )
    return services.propose_cooperation(
        actor, other=other, terms=terms, note="上次专场效果不错，想做成月度。"
    )


def _answer(actor: Actor, made: Cooperation, way: str) -> None:
    waiting = made.amendments.open().get()
    if way == "counter":
        fields = AmendmentFields(price=PriceFields(2_600_000, 500), note="人力成本上调")
        services.counter_amendment(actor, amendment=waiting, fields=fields)
    elif way == "no":
        services.decline_amendment(actor, amendment=waiting)


def _dispute(world: World) -> None:
    """Open, answered, silent, decided; and of the later ones, closed."""
    rows = Cooperation.objects.filter(
        status__in=RUNNING, starts_on__lte=world.today - timedelta(days=60)
    )
    whole = rows.select_related("merchant", "provider").order_by("pk")[:MOST_DISPUTES]
    for number, cooperation in enumerate(whole):
        with suppress(Refused):
            _dispute_of(world, cooperation, 3 - number % 4, is_old=number == MOST_DISPUTES // 2)
    with clock.standing_at(world.dawn):
        services.sweep_disputes(DEMO)


def _dispute_of(world: World, cooperation: Cooperation, way: int, *, is_old: bool) -> None:
    buyer, seller = acting(cooperation.merchant), acting(cooperation.provider)
    ago = (2, 6, 12, 14)[way] + 20 * is_old
    last = world.today - timedelta(days=max(20, ago + 1))
    first = max(cooperation.starts_on, last - timedelta(days=20))
    fields = DisputeFields("quality", 3_000, first, last, SAID)
    with clock.standing_at(_ago(world, ago)):
        dispute = services.open_dispute(buyer, cooperation=cooperation, fields=fields)
    if way in (1, 3):
        with clock.standing_at(_ago(world, ago - 2)):
            services.speak_in_dispute(seller, dispute=dispute, text=ANSWERED)
    if way == 3:
        operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
        with clock.standing_at(_ago(world, ago - 12)):
            services.decide_dispute(operator, dispute=dispute, returned_bp=1_000, decision=DECIDED)


def _ago(world: World, days: int) -> datetime:
    return world.dawn - timedelta(days=days)
