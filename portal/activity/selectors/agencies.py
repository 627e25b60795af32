"""What an agency's roster adds up to, from what is known of its creators."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from portal.activity.selectors.figures import figures_of
from portal.core import clock
from portal.parties.models import Party, PartyCategory, RosterEntry
from portal.parties.search import size_band
from portal.parties.states import PartyKind

FEWEST = 3  # creators, before their sum says nothing about a single one of them
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class RosterFigures:
    """Of the creators under contract today: how many, of how many something is known, what they
    add up to. The sums are None where they would give single creators away."""

    creators: int
    known: int = 0
    confirmed: int = 0
    followers: int | None = None
    live_minutes: int | None = None
    average_views: int | None = None
    bands: list[tuple[int, int]] = field(default_factory=list)
    categories: list[tuple[str, int]] = field(default_factory=list)


def roster_figures(agency: Party) -> RosterFigures:
    running = RosterEntry.objects.running().of_agency(agency)
    today = running.filter(period__contains=clock.today())
    ids = [pk for pk in today.values_list("creator_id", flat=True) if pk is not None]
    known = {pk: row for pk, row in figures_of(ids).items() if "followers" in row}
    if len(known) < FEWEST:
        return RosterFigures(creators=len(ids), known=len(known), categories=_categories(ids))
    followers = {pk: row["followers"] for pk, row in known.items()}
    bands = Counter(size_band(PartyKind.CREATOR, figure.value) for figure in followers.values())
    return RosterFigures(
        creators=len(ids),
        known=len(known),
        confirmed=sum(figure.is_confirmed for figure in followers.values()),
        followers=sum(figure.value for figure in followers.values()),
        live_minutes=sum(
            row["live_minutes"].value for row in known.values() if "live_minutes" in row
        ),
        average_views=_mean(
            [row["average_views"].value for row in known.values() if "average_views" in row]
        ),
        bands=sorted((band, n) for band, n in bands.items() if band is not None),
        categories=_categories(ids),
    )


def _mean(values: list[int]) -> int | None:
    return round(sum(values) / len(values)) if len(values) >= FEWEST else None


def _categories(ids: list[int]) -> list[tuple[str, int]]:
    """The main categories, by how many creators have them first."""
    shares = PartyCategory.objects.filter(party__in=ids).select_related("category")
    best: dict[int, PartyCategory] = {}
    for share in shares:
        if share.party_id not in best or share.share > best[share.party_id].share:
            best[share.party_id] = share
    counted = Counter(share.category.name for share in best.values())
    return counted.most_common(MOST_NAMED)
