"""The data of the pages on which a party reads its own rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.workdays import working_days_between
from portal.evaluation.models import Rating, Snapshot
from portal.evaluation.rules import appeals_until
from portal.evaluation.selectors.boards import Board, board_of
from portal.evaluation.selectors.changes import Change, changes_of, drawn_steps
from portal.evaluation.selectors.levers import Lever, levers_of
from portal.evaluation.selectors.ratings import (
    METHOD_OF,
    history_of,
    official_before,
    ratings_in,
    shown_snapshots,
)
from portal.evaluation.selectors.segments import FEWEST
from portal.evaluation.selectors.sentences import sentences_of
from portal.parties.models import Party

CLASS = 5  # points a class of the distribution is wide
SCORE_BANDS: list[str | Promise] = [
    _("under 60"),
    _("60 to 70"),
    _("70 to 80"),
    _("80 to 90"),
    _("90 and more"),
]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many of the segment stand in each class of five points."""

    counts: list[int]
    lowest: float
    width: float = CLASS


class OwnRating:
    """What a party sees of itself in one snapshot, for one service."""

    def __init__(self, party: Party, snapshot: Snapshot, service: str = "") -> None:
        self.party, self.snapshot = party, snapshot
        self.ratings = ratings_in(snapshot, party)
        self.rating = _chosen(self.ratings, service)

    @property
    def code(self) -> str:
        return METHOD_OF[self.party.kind]

    @cached_property
    def official(self) -> Snapshot | None:
        return official_before(self.snapshot)

    @cached_property
    def before(self) -> Rating | None:
        if self.official is None or self.rating is None:
            return None
        same = self.rating.service_id
        found = ratings_in(self.official, self.party)
        rating = next((one for one in found if one.service_id == same), None)
        if rating is not None:
            rating.snapshot = self.official
        return rating

    @cached_property
    def board(self) -> Board | None:
        return board_of(self.rating, self.before) if self.rating else None

    @cached_property
    def changes(self) -> list[Change]:
        return changes_of(self.board) if self.board else []

    @property
    def steps(self) -> list[tuple[str, float, str]]:
        return drawn_steps(self.changes)

    @property
    def ends(self) -> list[tuple[str, float, str]]:
        """The first and the last column of the waterfall."""
        ratings = [one for one in (self.before, self.rating) if one is not None]
        return [
            (one.snapshot.period, one.score or 0.0, one.snapshot.get_kind_display())
            for one in ratings
        ]

    @cached_property
    def levers(self) -> list[Lever]:
        return levers_of(self.board) if self.board else []

    @cached_property
    def history(self) -> list[dict[str, Any]]:
        return history_of(self.rating, self.code) if self.rating else []

    @property
    def sentences(self) -> list[str]:
        if self.board is None or self.rating is None:
            return []
        return sentences_of(self.rating, {part.code: part.name for part in self.board.parts})

    @property
    def spread(self) -> Spread | None:
        scores = self.board.segment.scores if self.board else np.array([])
        return spread_of(scores) if len(scores) >= FEWEST else None

    @property
    def beaten(self) -> int | None:
        """The percent of its peers that stand below it."""
        if self.board is None or self.board.rating.score is None:
            return None
        segment = self.board.segment
        if len(segment.scores) < FEWEST:
            return None
        return round(100 * segment.beaten_by(self.board.rating.score - 1e-6))

    @cached_property
    def appeals_until(self) -> date | None:
        return appeals_until(self.snapshot)

    @cached_property
    def appeal_days_left(self) -> int:
        until = self.appeals_until
        today = clock.today()
        return working_days_between(today, until) if until and until >= today else 0

    @property
    def can_still_appeal(self) -> bool:
        until = self.appeals_until
        return until is not None and clock.today() <= until

    @property
    def labels(self) -> list[str]:
        return [part.name for part in self.board.parts] if self.board else []

    @property
    def scores(self) -> list[float | None]:
        return [part.score.score for part in self.board.parts] if self.board else []

    @property
    def lows(self) -> list[float | None]:
        return [part.score.low for part in self.board.parts] if self.board else []

    @property
    def highs(self) -> list[float | None]:
        return [part.score.high for part in self.board.parts] if self.board else []

    @property
    def medians(self) -> list[float | None]:
        return [part.score.median for part in self.board.parts] if self.board else []


def own_rating(party: Party, *, snapshot: int = 0, service: str = "") -> OwnRating | None:
    """In the newest snapshot or the one asked for; None before there is any."""
    rows = shown_snapshots(METHOD_OF[party.kind])
    found = rows.filter(pk=snapshot).first() if snapshot else None
    found = found or rows.first()
    return OwnRating(party, found, service) if found else None


def spread_of(scores: Sequence[float] | np.ndarray) -> Spread:
    lowest = CLASS * int(min(scores) // CLASS)
    classes = int((max(scores) - lowest) // CLASS) + 1
    counts = [0] * classes
    for score in scores:
        counts[int((score - lowest) // CLASS)] += 1
    return Spread(counts, lowest)


def _chosen(ratings: Sequence[Rating], service: str) -> Rating | None:
    """The one for the service asked for, else that of the home."""
    asked = [one for one in ratings if one.service and one.service.code == service]
    return next(iter([*asked, *ratings]), None)
