"""The weekly boards as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matchmaking.catalogue.models import Board, BoardPlace
from matchmaking.engine.boards import REPUTATION_WEIGHT, SALES_WEIGHT

WEEKS = 12


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """`moved`: places won since the week before; None: it was not there."""

    place: BoardPlace
    moved: int | None

    @property
    def fell(self) -> int:
        return -(self.moved or 0)


def board_page(category: str, week: date | None) -> dict[str, Any]:
    """The board that was asked for, else the newest; with the weeks and categories there are."""
    newest = Board.objects.order_by("-week").values_list("week", flat=True).first()
    is_known = week is not None and Board.objects.filter(week=week).exists()
    week = week if is_known else newest
    boards = _boards(week) if week else []
    board = next((one for one in boards if one.category.code == category), None)
    board = board or next(iter(boards), None)
    return {
        "board": board,
        "boards": boards,
        "weeks": list(
            Board.objects.order_by("-week").values_list("week", flat=True).distinct()[:WEEKS]
        ),
        "week": week,
        "places": _places(board) if board else [],
        "sales_weight": round(SALES_WEIGHT * 100),
        "reputation_weight": round(REPUTATION_WEIGHT * 100),
    }


def _boards(week: date) -> list[Board]:
    rows = Board.objects.filter(week=week).select_related("category")
    return list(rows.order_by("category__position", "category"))


def _places(board: Board) -> list[ShownPlace]:
    rows = BoardPlace.objects.filter(board=board)
    before = dict(
        BoardPlace.objects.filter(
            board__category=board.category_id, board__week=board.week - timedelta(days=7)
        ).values_list("product", "rank")
    )
    related = rows.select_related("product__merchant__city", "product__category", "prize")
    return [
        ShownPlace(
            place,
            before[place.product_id] - place.rank if place.product_id in before else None,
        )
        for place in related.order_by("rank")
    ]
