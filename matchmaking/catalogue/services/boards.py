"""The weekly boards, made once a week out of what settled; and handing their prizes over."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from matchmaking.catalogue import rules
from matchmaking.catalogue.models import Board, BoardPlace, Gate, Prize, PrizeGiven, Product
from matchmaking.catalogue.services.changes import lock_product
from matchmaking.catalogue.states import GateEffect
from matchmaking.engine.boards import Place, Seller, rank_sellers
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, unmet
from portal.parties.models import Category
from portal.parties.services import tell_party
from portal.revenue.selectors import ProductSales, settled_by_product

SIZE, LEAST_SCORE, LEAST_ORDERS = 50, 350, 5
SCORES = """
    SELECT DISTINCT ON (product_id) product_id, score FROM catalogue_reputation
    WHERE product_id = ANY(%s) AND day <= %s ORDER BY product_id, day DESC
"""


@transaction.atomic
def make_boards(week: date) -> int:
    """The boards of the week that begins on this Monday, for every category of the first level
    that sold something; made already, they stay. How many were made."""
    if week.isoweekday() != 1:
        raise Refused(unmet("A week begins on Monday."))
    if Board.objects.filter(week=week).exists() or week + timedelta(days=7) > clock.today():
        return 0
    sellers = _sellers(week)
    prizes = list(Prize.objects.filter(starts_on__lte=week).order_by("-starts_on"))
    for category, standing in sorted(sellers.items()):
        places = rank_sellers(
            standing, size=SIZE, least_score=LEAST_SCORE, least_orders=LEAST_ORDERS
        )
        if places:
            _write(week, category, places, prizes)
    return Board.objects.filter(week=week).count()


@transaction.atomic
def give_prize(actor: Actor, *, place: BoardPlace, note: str) -> PrizeGiven:
    """Write down that the merchant got it, and how."""
    lock_product(place.product)  # a place itself never changes, and cannot be locked
    rules.can_give_prize(actor, place).require()
    rules.says_how(note).require()
    given = PrizeGiven.objects.create(
        place=place, at=clock.now(), by=actor.user, note=note.strip()[:200]
    )
    audit.record(actor, "give_prize", place, after={"how": given.note})
    tell_party(
        place.product.merchant,
        event="board.prize",
        key=f"board-prize:{place.pk}",
        sentence=gettext_noop("“%(prize)s” for place %(rank)s of “%(product)s”: %(note)s"),
        params={
            "prize": str(place.prize),
            "rank": place.rank,
            "product": place.product.name,
            "note": given.note,
        },
        url=place.board.get_absolute_url(),
    )
    return given


def _sellers(week: date) -> dict[int, list[Seller]]:
    """By category of the first level; who stands before a gate is left out."""
    sold = settled_by_product(week, week + timedelta(days=7))
    products = _products(sold)
    scores = _scores([product.pk for product in products.values()], week + timedelta(days=6))
    gates = list(Gate.objects.on(week + timedelta(days=6)).filter(effect=GateEffect.CHART))
    tops = dict(Category.objects.values_list("pk", "parent"))
    found: dict[int, list[Seller]] = defaultdict(list)
    for one in sold:
        product = products.get((one.merchant_id, one.product))
        if product is None or rules.gate_before(product, gates) is not None:
            continue
        seller = Seller(product.pk, one.sales_fen, one.orders, scores.get(product.pk))
        found[tops.get(product.category_id) or product.category_id].append(seller)
    return found


def _products(sold: list[ProductSales]) -> dict[tuple[int, str], Product]:
    rows = Product.objects.filter(
        merchant__in={one.merchant_id for one in sold},
        upstream_id__in={one.product for one in sold},
    )
    return {(product.merchant_id, product.upstream_id): product for product in rows}


def _scores(products: list[int], day: date) -> dict[int, int | None]:
    """As they stood at the end of the week."""
    with connection.cursor() as cursor:
        cursor.execute(SCORES, [products, day])
        return dict(cursor.fetchall())


def _write(week: date, category: int, places: list[Place], prizes: list[Prize]) -> None:
    board = Board.objects.create(
        week=week,
        category_id=category,
        made_at=clock.now(),
        least_score=LEAST_SCORE,
        least_orders=LEAST_ORDERS,
    )
    rows = [
        BoardPlace(
            board=board,
            rank=place.rank,
            product_id=place.seller.product,
            sales_fen=place.seller.sales_fen,
            orders=place.seller.orders,
            score=place.seller.score or 0,
            points=place.points,
            prize=_prize_of(place.rank, week, prizes),
        )
        for place in places
    ]
    bulk.insert(rows)
    _tell_winners(board)


def _prize_of(rank: int, week: date, prizes: list[Prize]) -> Prize | None:
    return next(
        (
            prize
            for prize in prizes
            if prize.rank_from <= rank <= prize.rank_to
            and (prize.ends_on is None or prize.ends_on > week)
        ),
        None,
    )


def _tell_winners(board: Board) -> None:
    won = BoardPlace.objects.filter(board=board, prize__isnull=False)
    for place in won.select_related("product__merchant", "prize", "board__category"):
        tell_party(
            place.product.merchant,
            event="board.won",
            key=f"board-won:{place.pk}",
            sentence=gettext_noop(
                "“%(product)s” is number %(rank)s of %(category)s this week: %(prize)s"
            ),
            params={
                "product": place.product.name,
                "rank": place.rank,
                "category": board.category.name_zh,
                "prize": str(place.prize),
            },
            url=board.get_absolute_url(),
        )
