"""What is offered for an indicator now: courses, tasks, guides. The parts that offer them say which
are not for a party."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from portal.evaluation.models import Rating, Remedy
from portal.parties.models import Party

Unfit = Callable[[Party, Sequence[str]], Collection[str]]
_asked: dict[str, Unfit] = {}


def register_unfit(prefix: str, unfit: Unfit) -> None:
    """`unfit` is asked with a party and the origins that begin with `prefix`: which of them it
    could not take up."""
    _asked[prefix] = unfit


def remedies_for(codes: Sequence[str], rating: Rating | None = None) -> dict[str, list[Remedy]]:
    """By indicator; with a rating only what is for its party."""
    rows = list(Remedy.objects.filter(indicator__in=codes, is_open=True).order_by("kind", "pk"))
    without = set(_unfit(rows, rating)) if rating is not None else set()
    found: dict[str, list[Remedy]] = {}
    for remedy in rows:
        if remedy.origin not in without:
            found.setdefault(remedy.indicator, []).append(remedy)
    return found


def _unfit(rows: Sequence[Remedy], rating: Rating) -> Collection[str]:
    found: set[str] = set()
    for prefix, unfit in _asked.items():
        origins = [row.origin for row in rows if row.origin.startswith(prefix)]
        if origins:
            found.update(unfit(rating.party, origins))
    return found
