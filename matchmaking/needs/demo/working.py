"""What the people of the guide have agreed on with each other: cooperations in every state, made
through the services by the parties' own people, each step at its time."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.db import transaction

from matchmaking.cooperation import services as work
from matchmaking.cooperation.fields import AnswerFields, EndingFields, PriceFields
from matchmaking.cooperation.states import EndReason
from matchmaking.needs import services
from matchmaking.needs.demo.deals import DAY, HOUR, Deal, agree, offer, publish
from matchmaking.needs.states import LossReason
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties.demo import DEMO, World, acting, at_work, cast_party, party_of
from portal.parties.models import Party
from portal.parties.states import PartyKind


@transaction.atomic
def make_cast_work(world: World) -> None:
    """Before the platform represents the guide's creator: who asked it directly did so then."""
    with outbox.born_delivered():
        for tell in (_provider, _agency, _creator, _asked_lately):
            tell(world)


# --- the provider ---------------------------------------------------------------------------------


def _provider(world: World) -> None:
    merchant, provider = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.PROVIDER)
    _reviewed(world, merchant, provider)
    _running(world, merchant, provider)
    _just_ended(world, merchant, provider)


def _reviewed(world: World, merchant: Party, provider: Party) -> None:
    """Three months that ended by themselves, reviewed by both."""
    deal = agree(
        *(world, merchant, provider, "short-video"),
        days=330,
        starts=300,
        months=3,
        price=PriceFields(2_600_000),
        target_fen=120_000_000,
    )
    deal.begin()
    duty = deal.owe(299, deal.seller, "每周交付短视频 7 条", 280)
    deal.keep(duty, deal.seller, done=281, confirmed=279)
    _end_term(deal)
    over = (world.today - deal.cooperation.ends_on).days
    deal.review(over - 2, deal.buyer, (4, 5, 3), "内容质量好，旺季排期偏紧，月报晚过两次。")
    deal.review(over - 3, deal.seller, (5, 5, 4), "样品与资料准备充分，结款准时。")
    said = deal.cooperation.reviews.select_related("cooperation").get(about=provider)
    fields = AnswerFields("感谢反馈，旺季已加排一名剪辑。")
    deal.on(over - 4, work.answer_review, deal.seller, review=said, fields=fields)


def _end_term(deal: Deal) -> None:
    moment = at_work(deal.cooperation.ends_on, Random(deal.cooperation.title))
    with clock.standing_at(moment):
        work.end_term(DEMO, deal.cooperation.pk)


def _running(world: World, merchant: Party, provider: Party) -> None:
    """Half a year that runs: version 2, duties in every state, and a change that waits."""
    deal = agree(
        *(world, merchant, provider, "live-room"),
        days=100,
        starts=80,
        months=6,
        price=PriceFields(3_600_000, 200),
        target_fen=360_000_000,
    )
    deal.begin()
    buyer, seller = deal.buyer, deal.seller
    deal.keep(deal.owe(79, buyer, "寄送样品 20 件", 72), buyer, done=73, confirmed=71)
    deal.keep(deal.owe(79, seller, "提交首月排期与脚本", 70), seller, done=69, confirmed=68)
    deal.keep(deal.owe(50, seller, "提交第二月复盘报告", 20), seller, done=21, confirmed=19)
    deal.keep(deal.owe(30, seller, "大促直播间布景", 3), seller, done=2)
    deal.owe(30, buyer, "备足大促首批库存", 4)
    deal.owe(6, buyer, "新品首发专场脚本", -8, is_ours=False)
    climbing = PriceFields(3_000_000, 250, [[0, 250], [300_000_000, 400]])
    change = deal.amend(
        45, seller, price=climbing, note="首月数据达标，固定费下调，分成随成交额递增。"
    )
    deal.on(43, work.accept_amendment, buyer, amendment=change)
    longer = deal.amend(25, buyer, notice_days=60, note="希望通知期延长到 60 天。")
    deal.on(24, work.decline_amendment, seller, amendment=longer)
    deal.cooperation.refresh_from_db()
    later = deal.cooperation.ends_on + timedelta(days=61)
    deal.amend(
        2, seller, ends_on=later, gmv_target_fen=480_000_000, note="续两个月，目标一并上调。"
    )
    deal.write(1, seller, "变更已经提交，主要是延期和目标，您方便时看一下。")


def _just_ended(world: World, merchant: Party, provider: Party) -> None:
    """Both said that everything was done; the merchant has not reviewed it yet."""
    deal = agree(
        *(world, merchant, provider, "paid-ads"),
        days=75,
        starts=60,
        months=2,
        price=PriceFields(600_000, 450),
        target_fen=90_000_000,
    )
    deal.begin()
    deal.keep(deal.owe(59, deal.seller, "每日投放日报", 10), deal.seller, done=11, confirmed=10)
    for days, side in ((7, deal.seller), (6, deal.buyer)):
        deal.on(days, work.complete_cooperation, side, cooperation=deal.cooperation)
    deal.review(5, deal.seller, (5, 4, 5), "预算到位及时，素材反馈快。")


# --- the agency -----------------------------------------------------------------------------------


def _agency(world: World) -> None:
    merchant, agency = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.AGENCY)
    coming = agree(
        *(world, merchant, agency, "agency"),
        days=12,
        starts=-12,
        months=6,
        price=PriceFields(1_500_000, 600, is_guarantee=True),
        target_fen=240_000_000,
    )
    coming.owe(7, coming.buyer, "寄送首批达人样品 60 件", -14)
    coming.write(4, coming.buyer, "首批达人名单什么时候能给到？样品按名单寄。")
    paused = agree(
        *(world, party_of(PartyKind.MERCHANT, 1), agency, "agency"),
        days=70,
        starts=55,
        months=4,
        price=PriceFields(800_000, 800),
        target_fen=80_000_000,
    )
    paused.begin()
    duty = paused.owe(54, paused.seller, "首批 15 位达人建联", 40)
    paused.keep(duty, paused.seller, done=42, confirmed=40)
    until = world.today + timedelta(days=10)
    said = {"reason": "工厂检修，月底恢复供货。", "until": until}
    paused.on(3, work.pause_cooperation, paused.buyer, cooperation=paused.cooperation, **said)


# --- the creator ----------------------------------------------------------------------------------


def _creator(world: World) -> None:
    """The ones before the platform represents it were asked for; the others it applied for."""
    merchant, creator = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.CREATOR)
    other = party_of(PartyKind.MERCHANT, 1)
    left = agree(
        *(world, other, creator, "creator"),
        days=260,
        starts=240,
        months=6,
        price=PriceFields(0, 1_500),
        target_fen=60_000_000,
    )
    left.begin()
    notice = EndingFields(
        EndReason.RESULTS, "连续两场退货率偏高，双方沟通后提前结束。", _day(world, 160)
    )
    left.on(195, work.end_cooperation, left.seller, cooperation=left.cooperation, fields=notice)
    left.on(160, _terminate, DEMO, deal=left)
    left.review(158, left.buyer, (2, 4, 4), "讲解认真，选品不太合适。")
    left.review(157, left.seller, (3, 4, 3), "样品到得偏晚。")
    running = agree(
        *(world, merchant, creator, "creator"),
        days=50,
        starts=35,
        months=3,
        price=PriceFields(2_000_000, 1_000),
        target_fen=50_000_000,
        is_invited=False,
    )
    running.begin()
    duty = running.owe(34, running.buyer, "寄送专场样品 12 款", 30)
    running.keep(duty, running.buyer, done=31, confirmed=30)
    running.owe(20, running.seller, "新品专场第二场排期", -5)
    change = running.amend(
        9, running.buyer, price=PriceFields(1_600_000, 1_400), note="提高分成比例。"
    )
    running.on(8, work.accept_amendment, running.seller, amendment=change)
    running.write(2, running.buyer, "第二场想加一款礼盒，试吃装已寄出。")


def _day(world: World, days: int) -> date:
    return world.today - timedelta(days=days)


def _terminate(actor: Actor, *, deal: Deal) -> None:
    work.terminate_due(actor, deal.cooperation.pk)


# --- what waits -----------------------------------------------------------------------------------


def _asked_lately(world: World) -> None:
    """An invitation each that is not answered, an old one that was declined, and answers to the
    guide's merchant that are talked about."""
    merchant, other = cast_party(PartyKind.MERCHANT), party_of(PartyKind.MERCHANT, 1)
    agency, creator = cast_party(PartyKind.AGENCY), cast_party(PartyKind.CREATOR)
    random = Random("asked")
    with clock.standing_at(world.ago(3, random)):
        need = publish(world, other, "agency", random)
        services.invite_provider(acting(other), need=need, provider=agency)
    with clock.standing_at(world.ago(215, random)):
        need = publish(world, other, "creator", random)
        old = services.invite_provider(acting(other), need=need, provider=creator)
    with clock.standing_at(world.ago(213, random)):
        services.withdraw_proposal(acting(creator), proposal=old, reason=LossReason.CAPACITY)
    with clock.standing_at(world.ago(212, random)):
        services.cancel_need(acting(other), need=need)
    for days, bidder in zip((4, 6), (agency, creator), strict=True):
        _answer(world, merchant, bidder, days, random)


def _answer(world: World, merchant: Party, bidder: Party, days: int, random: Random) -> None:
    """To a need of the guide's merchant; they write to each other."""
    buyer, seller, service = acting(merchant), acting(bidder), str(bidder.kind)
    asked = world.ago(days, random)
    with clock.standing_at(asked):
        need = publish(world, merchant, service, random)
    with clock.standing_at(asked + DAY):
        fields = offer(world, need, service, random)
        proposal = services.submit_proposal(seller, need=need, fields=fields)
    with clock.standing_at(asked + DAY + HOUR):
        services.send_message(buyer, proposal=proposal, text="近 30 天同类目的退货率能发一下吗？")
    with clock.standing_at(asked + DAY + 3 * HOUR):
        services.read_messages(seller, proposal=proposal)
        services.send_message(
            seller, proposal=proposal, text="整理好了，明天上午连同场次数据一起发您。"
        )
