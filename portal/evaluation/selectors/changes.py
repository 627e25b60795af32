"""What moved a composite since the official snapshot before, indicator by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.evaluation.engine.change import GATES, METHOD, RATED, Moment, change_between
from portal.evaluation.models import IndicatorValue, Rating
from portal.evaluation.selectors.boards import Board
from portal.evaluation.selectors.segments import engine_method

MOST_DRAWN = 6


@dataclass(frozen=True, slots=True)
class Change:
    """`points` of the composite, to the hundredth; all of them add up to the difference shown."""

    code: str
    name: str
    points: float
    was: float | None = None
    now: float | None = None
    unit: str = ""

    @property
    def is_indicator(self) -> bool:
        return not self.code.startswith("@")


def changes_of(board: Board) -> list[Change]:
    """The largest first. Empty where there is nothing to compare with."""
    before, rating = board.before, board.rating
    if before is None or before.score is None or rating.score is None:
        return []
    shares = change_between(moment_of(before, board.rows_before), moment_of(rating, board.rows))
    whole = round(rating.score, 2) - round(before.score, 2)
    points = _rounded([share.change for share in shares], whole)
    found = [
        _change(board, share.what, number) for share, number in zip(shares, points, strict=True)
    ]
    return sorted(found, key=lambda change: -abs(change.points))


def moment_of(rating: Rating, rows: Mapping[str, IndicatorValue]) -> Moment:
    return Moment(
        method=engine_method(rating.snapshot),
        points={code: row.scaled for code, row in rows.items() if row.scaled is not None},
        rated=frozenset(part.dimension for part in rating.parts if part.score is not None),
        gates=frozenset(rating.gates),
    )


def drawn_steps(changes: Sequence[Change]) -> list[tuple[str, float, str]]:
    """For the waterfall: the largest by name, the rest of each direction together."""
    named, rest = list(changes[:MOST_DRAWN]), list(changes[MOST_DRAWN:])
    if len(rest) == 1:
        named, rest = [*named, *rest], []
    named.sort(key=lambda change: -change.points)
    rises = [change for change in rest if change.points >= 0]
    falls = [change for change in rest if change.points < 0]
    ups = [(_short(c), c.points, _from_to(c)) for c in named if c.points >= 0]
    downs = [(_short(c), c.points, _from_to(c)) for c in named if c.points < 0]
    return [
        *ups,
        *_together(rises, _("Other rises")),
        *downs,
        *_together(falls, _("Other falls")),
    ]


def _short(change: Change) -> str:
    """A column has room for a code; the table below says the names."""
    return change.code if change.is_indicator else change.name


def _together(changes: Sequence[Change], name: str) -> list[tuple[str, float, str]]:
    if not changes:
        return []
    count = _("%(n)s of them") % {"n": len(changes)}
    return [(name, sum(change.points for change in changes), count)]


def _from_to(change: Change) -> str:
    if not change.is_indicator:
        return ""
    sign = "%" if change.unit == "percent" else ""
    ends = ("—" if value is None else f"{value:.3g}" for value in (change.was, change.now))
    return "→".join(ends) + sign


def _change(board: Board, what: str, points: float) -> Change:
    names = {
        METHOD: _("The method changed"),
        RATED: _("Dimensions rated"),
        GATES: _("Violations"),
    }
    if what in names:
        return Change(what, names[what], points)
    line = board.lines.get(what)
    was, now = board.rows_before.get(what), board.rows.get(what)
    return Change(
        code=what,
        name=line.name if line else what,
        points=points,
        was=was.value if was else None,
        now=now.value if now else None,
        unit=line.unit if line else "",
    )


def _rounded(numbers: Sequence[float], whole: float) -> list[float]:
    """To the hundredth so that they add up to `whole`: what is left over goes, a hundredth each, to
    those that lost most by rounding."""
    cents = [round(number * 100) for number in numbers]
    left = round(whole * 100) - sum(cents)
    lost = [number * 100 - cent for number, cent in zip(numbers, cents, strict=True)]
    order = sorted(range(len(numbers)), key=lambda at: lost[at], reverse=left > 0)
    for turn in range(abs(left)):
        if order:
            cents[order[turn % len(order)]] += 1 if left > 0 else -1
    return [cent / 100 for cent in cents]
