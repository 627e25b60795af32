"""What creators and agencies are chosen by beside their place: how large they are, and in what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from portal.parties.models import PartyCategory, Reach, RosterEntry
from portal.parties.states import PartyKind

MOST_CATEGORIES = 3  # in a row; the profile shows them all


class Share(NamedTuple):
    """So much of the business, in percent, is in a category."""

    category: str
    percent: int


@dataclass(frozen=True, slots=True)
class Size:
    """Followers, those who buy, the average price of what is sold (fen), an agency's creators under
    contract, and the largest shares of the business. None is not known."""

    followers: int | None = None
    shopping_followers: int | None = None
    average_price_fen: int | None = None
    roster: int | None = None
    categories: Sequence[Share] = ()


def sizes_of(kind: PartyKind, ids: Sequence[int]) -> dict[int, Size]:
    """By party, in two queries; of providers nothing, theirs is on their profile."""
    if kind == PartyKind.PROVIDER or not ids:
        return {}
    shares = _shares_of(ids)
    if kind == PartyKind.AGENCY:
        rosters = RosterEntry.objects.running().filter(agency__in=ids).order_by()
        counts = dict(rosters.values_list("agency").annotate(n=Count("pk")))
        return {pk: Size(roster=counts.get(pk, 0), categories=shares.get(pk, ())) for pk in ids}
    known = Reach.objects.in_bulk(ids)
    return {pk: _of_creator(known.get(pk), shares.get(pk, ())) for pk in ids}


def _of_creator(known: Reach | None, categories: Sequence[Share]) -> Size:
    if known is None:
        return Size(categories=categories)
    return Size(
        followers=known.followers,
        shopping_followers=known.shopping_followers,
        average_price_fen=known.average_price_fen,
        categories=categories,
    )


def _shares_of(ids: Sequence[int]) -> dict[int, list[Share]]:
    rows = PartyCategory.objects.filter(party__in=ids).select_related("category")
    found: dict[int, list[Share]] = {}
    for row in rows.order_by("party", "-share", "pk"):
        largest = found.setdefault(row.party_id, [])
        if len(largest) < MOST_CATEGORIES:
            largest.append(Share(row.category.name, row.share))
    return found
