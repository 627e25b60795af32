"""Content orders of the merchant of the guide, at every point of their way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from matchmaking.catalogue.models import Product
from matchmaking.content import services
from matchmaking.content.fields import BriefFields, QuoteFields
from matchmaking.content.models import ContentOrder
from matchmaking.content.states import NOTICE_DAYS
from matchmaking.cooperation.fields import EndingFields
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.reach import is_reached
from matchmaking.cooperation.services import end_cooperation, end_term, terminate_due
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties.demo import DEMO, World, acting, cast_party
from portal.parties.states import PartyKind

MORNING = time(9)
PIECE = "https://www.douyin.com/video/demo-{n}"
SLIP = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Told:
    title: str
    days_ago: int
    fee: int  # yuan
    share: int  # basis points
    steps: tuple[str, ...]
    maker: PartyKind = PartyKind.CREATOR


ORDERS = (
    Told(
        "杂粮礼盒开箱 60 秒",
        60,
        8_000,
        1_000,
        ("quote", "accept", "show", "revise", "show", "approve", "pay", "confirm"),
    ),
    Told(
        "秋季新品口播",
        45,
        7_000,
        0,
        ("quote", "accept", "show", "approve", "pay", "confirm"),
    ),
    Told("门店探访 Vlog", 40, 5_000, 0, ("quote", "accept", "stop")),
    Told("早餐燕麦三日打卡", 10, 12_000, 0, ("quote", "accept", "show", "approve", "pay")),
    Told("年货礼盒探厂视频", 9, 15_000, 500, ("quote", "accept", "show", "approve")),
    Told("谷物脆口播短片", 5, 6_000, 1_500, ("quote", "accept", "show")),
    Told("矩阵达人十条种草", 10, 40_000, 0, ("quote", "accept"), PartyKind.AGENCY),
    Told("元旦专场预热视频", 3, 9_000, 800, ("quote",)),
    Told("新品小米锅巴测评", 1, 0, 0, ()),
    Told("端午礼盒回顾", 90, 0, 0, ("decline",)),
)


def make_orders(world: World) -> None:
    """Each step on a day of its own."""
    buyer = acting(cast_party(PartyKind.MERCHANT))
    goods = Product.objects.nameable(buyer.party_id or 0).order_by("pk")
    keys = list(goods.values_list("pk", flat=True))
    with outbox.born_delivered():
        for number, told in enumerate(ORDERS if keys else ()):
            _tell(world, buyer, told, keys[number % len(keys)])


def _tell(world: World, buyer: Actor, told: Told, product_id: int) -> None:
    maker = cast_party(told.maker)
    if not is_reached(cast_party(PartyKind.MERCHANT), maker):
        maker = cast_party(PartyKind.AGENCY)  # who represents the creator
    seller, at = acting(maker), world.dawn - timedelta(days=told.days_ago)
    with clock.standing_at(at):
        order = services.order_content(buyer, maker=maker, fields=_brief(told, at, product_id))
    for step in told.steps:
        at = min(at + timedelta(days=1), world.dawn)
        with clock.standing_at(at):
            _step(step, buyer, seller, order, told)
    _live_on(world, order)


def _live_on(world: World, order: ContentOrder) -> None:
    """What the calendar has done to its cooperation since: notice that was given, a term that ran
    out."""
    order.refresh_from_db()
    made = order.cooperation
    if made is None:
        return
    noticed = made.endings.first()
    last = noticed.effective_on if noticed else made.ends_on
    if last <= world.today:
        with clock.standing_at(datetime.combine(last, MORNING, clock.SHANGHAI)):
            (terminate_due if noticed else end_term)(DEMO, made.pk)


def _brief(told: Told, at: datetime, product_id: int) -> BriefFields:
    return BriefFields(
        title=told.title,
        brief="竖屏，前三秒出现产品；口播两个卖点，不提竞品；结尾引导小黄车。",
        product_id=product_id,
        source="shop",
        carrier="video",
        wanted_on=clock.day_of(at) + timedelta(days=14),
    )


def _step(name: str, buyer: Actor, seller: Actor, order: ContentOrder, told: Told) -> None:
    quote = QuoteFields(told.fee * 100, told.share, 1, "含一次修改，授权投放 30 天。")
    proof = SimpleUploadedFile("slip.pdf", SLIP, "application/pdf")
    steps: dict[str, Callable[[], object]] = {
        "quote": lambda: services.quote_order(seller, order=order, fields=quote),
        "decline": lambda: services.decline_order(seller, order=order, reason="档期已满"),
        "accept": lambda: services.accept_quote(buyer, order=order),
        "stop": lambda: _give_notice(buyer, order),
        "show": lambda: services.show_piece(
            seller, order=order, draft_url=PIECE.format(n=told.days_ago)
        ),
        "revise": lambda: services.ask_revision(buyer, order=order, note="封面换成产品近景"),
        "approve": lambda: services.approve_piece(buyer, order=order),
        "pay": lambda: services.show_payment(
            buyer, order=order, paid_on=clock.today(), proof=proof
        ),
        "confirm": lambda: services.confirm_payment(seller, order=order),
    }
    steps[name]()


def _give_notice(buyer: Actor, order: ContentOrder) -> None:
    made = Cooperation.objects.get(content_order=order)
    last = clock.today() + timedelta(days=NOTICE_DAYS)
    fields = EndingFields("plans", "门店改造，拍摄取消", last)
    end_cooperation(buyer, cooperation=made, fields=fields)
