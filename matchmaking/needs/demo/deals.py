"""How two parties of the demo come to a cooperation, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from matchmaking.cooperation import services as work
from matchmaking.cooperation.demo import pay_something
from matchmaking.cooperation.fields import (
    AmendmentFields,
    ObligationFields,
    PriceFields,
    ReviewFields,
)
from matchmaking.cooperation.models import Cooperation, Obligation
from matchmaking.needs import services
from matchmaking.needs.demo.words import need_words, proposal_words
from matchmaking.needs.fields import ProposalFields
from matchmaking.needs.models import Need
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.demo import DEMO, World, acting, at_work
from portal.parties.models import Party

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deal:
    """A cooperation and both of its sides, told by days before the world's own."""

    world: World
    cooperation: Cooperation
    buyer: Actor
    seller: Actor

    def on(self, days: int, do: Callable[..., Any], actor: Actor, **said: Any) -> Any:
        """One step, so many days ago."""
        random = Random(f"{self.cooperation.title}:{days}:{do.__name__}")
        with clock.standing_at(self.world.ago(days, random)):
            return do(actor, **said)

    def begin(self) -> None:
        start = self.cooperation.starts_on
        with clock.standing_at(at_work(start, Random(self.cooperation.title))):
            work.start_cooperation(DEMO, self.cooperation.pk)
        self.cooperation.refresh_from_db()
        pay_something(self.cooperation)

    def owe(self, days: int, side: Actor, title: str, due: int, *, is_ours: bool = True) -> Any:
        """Due so many days before the world's day, or after it (below zero)."""
        day = self.world.today - timedelta(days=due)
        fields = ObligationFields(title, day, is_ours=is_ours)
        cooperation = self.cooperation
        return self.on(days, work.add_obligation, side, cooperation=cooperation, fields=fields)

    def keep(self, duty: Obligation, side: Actor, done: int, confirmed: int = 0) -> None:
        """Done so many days ago, and confirmed by the other side where that is told."""
        self.on(
            done, work.finish_obligation, side, obligation=duty, note="已完成，资料已发到群里。"
        )
        if confirmed:
            other = self.seller if side is self.buyer else self.buyer
            self.on(confirmed, work.confirm_obligation, other, obligation=duty)

    def amend(self, days: int, side: Actor, **said: Any) -> Any:
        fields = AmendmentFields(**said)
        self.cooperation.refresh_from_db()
        return self.on(
            days, work.propose_amendment, side, cooperation=self.cooperation, fields=fields
        )

    def review(self, days: int, side: Actor, stars: tuple[int, int, int], text: str) -> Any:
        fields = ReviewFields(*stars, text)
        return self.on(days, work.give_review, side, cooperation=self.cooperation, fields=fields)

    def write(self, days: int, side: Actor, text: str) -> None:
        proposal = self.cooperation.proposal
        self.on(days, services.send_message, side, proposal=proposal, text=text)


def agree(
    world: World,
    merchant: Party,
    bidder: Party,
    service: str,
    *,
    days: int,
    starts: int,
    months: int,
    price: PriceFields,
    target_fen: int,
    is_invited: bool = True,
) -> Deal:
    """A need of so many days ago, answered the day after and accepted two days later; the work
    starts so many days before the world's day, or after it (below zero)."""
    random = Random(f"{service}:{days}:{bidder.kind}")
    buyer, seller = acting(merchant), acting(bidder)
    start = world.today - timedelta(days=starts)
    asked = world.ago(days, random)
    with clock.standing_at(asked):
        terms = {"starts_on": start, "term_months": months, **_scenarios(target_fen)}
        need = publish(world, merchant, service, random, **terms)
        if is_invited:
            services.invite_provider(buyer, need=need, provider=bidder)
    with clock.standing_at(asked + DAY):
        fields = offer(world, need, service, random, starts_on=start, **asdict(price))
        proposal = services.submit_proposal(seller, need=need, fields=fields)
        services.send_message(
            buyer, proposal=proposal, text="方案看过了，样品与排期我们下午电话对一下。"
        )
    with clock.standing_at(asked + DAY + 2 * HOUR):
        services.read_messages(seller, proposal=proposal)
        services.send_message(seller, proposal=proposal, text="好的，排期表已按您的备货时间改好。")
    with clock.standing_at(asked + 2 * DAY):
        services.read_messages(buyer, proposal=proposal)
        proposal = services.shortlist_proposal(buyer, proposal=proposal)
    with clock.standing_at(asked + 3 * DAY):
        cooperation = services.accept_proposal(buyer, proposal=proposal)
    return Deal(world, cooperation, buyer, seller)


def _scenarios(target_fen: int) -> dict[str, int]:
    return {
        "gmv_target_fen": target_fen,
        "gmv_low_fen": target_fen // 2,
        "gmv_high_fen": target_fen * 2,
    }


def publish(world: World, merchant: Party, service: str, random: Random, **said: Any) -> Need:
    main = merchant.category_shares.select_related("category").order_by("-share")[0].category
    fields = replace(need_words(world, main, merchant.city_id, service, random), **said)
    latest = min(fields.closes_on, fields.starts_on)
    need = services.create_need(acting(merchant), fields=replace(fields, closes_on=latest))
    return services.publish_need(acting(merchant), need=need)


def offer(world: World, need: Need, service: str, random: Random, **said: Any) -> ProposalFields:
    main = need.categories.all()[0]
    wanted = need_words(world, main, need.merchant.city_id, service, random)
    return replace(proposal_words(wanted, None, random), **said)
