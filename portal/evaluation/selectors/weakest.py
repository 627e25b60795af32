"""What stands lowest in a party's own rating: courses and tasks are offered for it."""

from __future__ import annotations

from django.core.cache import caches
from django.utils.translation import get_language

from portal.evaluation.models import Rating
from portal.evaluation.selectors.documents import name_of
from portal.evaluation.selectors.methods import shown_method
from portal.evaluation.selectors.pages import METHOD_OF, OwnRating, own_rating
from portal.evaluation.selectors.ratings import home_first, shown_snapshots
from portal.parties.models import Party

KEPT_SECONDS = 3600
WEAK = 60.0  # percent of the way between the goalposts: what stands above needs nothing


def indicator_names() -> dict[str, str]:
    """By code: the indicators of the methods in force, in their order."""
    found: dict[str, str] = {}
    for kind in ("provider", "agency"):
        method = shown_method(kind)
        for part in method.document["dimensions"] if method else ():
            for one in part["indicators"]:
                found.setdefault(one["code"], name_of(one))
    return found


def weakest_of(party: Party) -> list[tuple[str, str, float, str]]:
    """Code, name, score and period of what stands below `WEAK`, the weakest first. A rating never
    changes: it is reckoned once and kept."""
    newest = shown_snapshots(METHOD_OF[party.kind]).values("pk")[:1]
    rating = home_first(Rating.objects.filter(snapshot__in=newest, party=party))
    pk = rating.values_list("pk", flat=True).first()
    if pk is None:
        return []
    key = f"evaluation:weak:{pk}:{get_language()}"
    kept: list[tuple[str, str, float, str]] | None = caches["local"].get(key)
    if kept is None:
        kept = _weakest(own_rating(party))
        caches["local"].set(key, kept, KEPT_SECONDS)
    return kept


def _weakest(own: OwnRating | None) -> list[tuple[str, str, float, str]]:
    if own is None or own.board is None:
        return []
    lines = [
        (line.code, line.name, 100 * line.steps.unit, own.snapshot.period)
        for line in own.board.lines.values()
        if line.steps.unit is not None and 100 * line.steps.unit < WEAK
    ]
    return sorted(lines, key=lambda row: (row[2], row[0]))
