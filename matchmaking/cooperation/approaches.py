"""Whether a provider came forward to a merchant: asked here by parts that stand beside those which
know, a cooperation or a proposal to a need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from matchmaking.cooperation.models import Cooperation

Pair = tuple[int, int]  # merchant, provider
Approaches = Callable[[Iterable[Pair], datetime], dict[Pair, list[datetime]]]
_known: list[Approaches] = []


def register_approaches(found: Approaches) -> Approaches:
    """The function below tells when each of these providers came forward to its merchant, since."""
    _known.append(found)
    return found


def approaches(pairs: Iterable[Pair], since: datetime) -> dict[Pair, list[datetime]]:
    pairs = list(pairs)
    merged: dict[Pair, list[datetime]] = {}
    for found in _known:
        for pair, moments in found(pairs, since).items():
            merged.setdefault(pair, []).extend(moments)
    return merged


@register_approaches
def cooperations(pairs: Iterable[Pair], since: datetime) -> dict[Pair, list[datetime]]:
    """Agreed ones."""
    wanted = set(pairs)
    rows = Cooperation.objects.filter(
        merchant__in={merchant for merchant, _provider in wanted}, agreed_at__gte=since
    )
    found: dict[Pair, list[datetime]] = {}
    for merchant, provider, at in rows.values_list("merchant", "provider", "agreed_at"):
        if at is not None and (merchant, provider) in wanted:
            found.setdefault((merchant, provider), []).append(at)
    return found
