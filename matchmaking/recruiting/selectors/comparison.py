"""Applications side by side: part by part what each is worth, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting.matching import PART_NAMES, published_method
from matchmaking.recruiting.models import Application
from portal.core.money import Money
from portal.core.templatetags.ui import num

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one application. `percent`: of all that the part can give; `behind`: the points
    it lacks to the best of those compared."""

    text: str
    percent: int | None = None
    behind: str = ""
    is_best: bool = False
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    label: str | Promise
    facts: list[Fact]


def compare_applications(applications: Sequence[Application]) -> list[Line]:
    """The match and its parts first, then what each offers. Without a query of its own."""
    return [*_match_lines(applications), *_offer_lines(applications)]


def _match_lines(applications: Sequence[Application]) -> Iterator[Line]:
    yield _line(_("Match"), applications, lambda row: row.match_bp / 100, weight=100)
    for part in published_method().parts:
        yield _line(
            PART_NAMES[part.code],
            applications,
            partial(_points_of, code=part.code),
            weight=part.weight,
        )


def _points_of(application: Application, code: str) -> float | None:
    return application.points_of(code)


def _line(
    label: str | Promise,
    applications: Sequence[Application],
    points_of: Callable[[Application], float | None],
    *,
    weight: float,
) -> Line:
    values = [points_of(row) for row in applications]
    known = [value for value in values if value is not None]
    most, least = max(known, default=0.0), min(known, default=0.0)
    return Line(label, [_points(value, most, least, weight) for value in values])


def _points(value: float | None, most: float, least: float, weight: float) -> Fact:
    if value is None:
        return Fact(NOTHING)
    differ = most > least
    behind = f"−{num(most - value, 1)}" if value < most else ""
    return Fact(
        text=f"{num(value, 1)} / {num(weight)}",
        percent=min(round(100 * value / weight), 100),
        behind=behind,
        is_best=differ and value == most,
        is_least=differ and value == least,
    )


def _offer_lines(applications: Sequence[Application]) -> Iterator[Line]:
    yield _said(_("Price"), applications, lambda row: Money(row.price_fen).short)
    yield _said(
        _("Commission"),
        applications,
        lambda row: f"{row.commission_bp / 100:g}%",
        lambda row: row.commission_bp,
    )
    yield _said(
        _("Reputation"),
        applications,
        lambda row: _now("not rated") if row.stars is None else f"{row.stars:.2f}",
        lambda row: row.stars,
    )
    yield _said(_("Samples"), applications, lambda row: num(row.samples))
    yield _said(
        _("Stock"),
        applications,
        lambda row: num(row.product.stock),
        lambda row: row.product.stock,
    )
    yield _said(_("Category"), applications, lambda row: str(row.product.category))
    yield _said(
        _("For the poster alone"),
        applications,
        lambda row: _now("promised") if row.is_exclusive else NOTHING,
    )


def _said(
    label: str | Promise,
    applications: Sequence[Application],
    words: Callable[[Application], str],
    key: Callable[[Application], Any] | None = None,
) -> Line:
    """`key`: by which more is better."""
    keys = [key(row) if key else None for row in applications]
    known = [value for value in keys if value is not None]
    most, least = max(known, default=None), min(known, default=None)
    differ = most != least
    return Line(
        label,
        [
            Fact(
                words(row),
                is_best=differ and value is not None and value == most,
                is_least=differ and value is not None and value == least,
            )
            for row, value in zip(applications, keys, strict=True)
        ],
    )
