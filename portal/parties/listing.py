"""Keeping the directory's rows as their parties are. Called inside the change they follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import models, transaction

from portal.core import bulk, clock
from portal.parties.facets import city_tiers, facets_of, score_of, with_facets
from portal.parties.models import (
    CityYear,
    Listing,
    ListingBefore,
    Party,
    PartyCategory,
    Reach,
    Standing,
)
from portal.parties.models.listing import NOT_RATED
from portal.parties.ranks import keep_ranks
from portal.parties.rules.permits import Trade, barred
from portal.parties.search import Facet, entry_of, facet_token, score_band
from portal.parties.search.facets import packed
from portal.parties.states import PartyKind

BATCH = 500
KEPT_FIELDS = [f.name for f in Listing._meta.concrete_fields if not f.primary_key]


@transaction.atomic
def publish_listing(party: Party) -> None:
    """Show the party as it is now, or take it out if it is not listed."""
    publish_listings_of([party.pk])


@transaction.atomic
def publish_standing(party: Party, *, score: int | None) -> None:
    """Write what a directory orders by: hundredths of a point, or None for "not rated"."""
    publish_standings({party.pk: score})


@transaction.atomic
def publish_standings(scores: Mapping[int, int | None]) -> None:
    """The same of many parties, by their keys. Rows whose band of scores stays take the score
    alone; the others are made again."""
    now = clock.now()
    unrated = [key for key, score in scores.items() if score is None]
    Standing.objects.filter(party__in=unrated).delete()
    Standing.objects.bulk_create(
        [
            Standing(party_id=key, score=score, published_at=now)
            for key, score in scores.items()
            if score is not None
        ],
        BATCH,
        update_conflicts=True,
        unique_fields=["party"],
        update_fields=["score", "published_at"],
    )
    for keys in _batches(scores):
        _publish_scores({key: scores[key] for key in keys})


def _publish_scores(scores: Mapping[int, int | None]) -> None:
    moved: list[Listing] = []
    kept: list[Listing] = []
    for row in Listing.objects.filter(party__in=scores).only("pk", "kind", "score", "facets"):
        score = scores[row.pk]
        row.score = NOT_RATED if score is None else score
        stays = facet_token(row.kind, Facet.SCORE, score_band(score)) in row.facets
        (kept if stays else moved).append(row)
    Listing.objects.bulk_update(kept, ["score"])
    publish_listings_of([row.pk for row in moved])


@dataclass(frozen=True, slots=True)
class Reached:
    """How many follow a creator, what a thing costs there on average, how many of the followers
    buy, and the sales of each price band in basis points; None is not known. `size_band`: of a
    provider, by what it settled for its merchants. `stars`: of an agency; `mark_year`: of
    the top-100 mark it holds."""

    followers: int | None = None
    average_price_fen: int | None = None
    shopping_followers: int | None = None
    goods_bp: tuple[int, ...] | None = None
    size_band: str = ""
    stars: int | None = None
    mark_year: int | None = None


@transaction.atomic
def publish_reach(reached: Mapping[int, Reached]) -> None:
    """Write what creators are narrowed by, by their keys. What stays is not written again, and rows
    whose bands stay are left alone."""
    said = Reach.objects.in_bulk(list(reached))
    old = {key: _as_said(said.get(key)) for key in reached}
    new = {key: row for key, row in reached.items() if row != old[key]}
    write_reach(new)
    keep_ranks(new)
    for keys in _batches([key for key, row in new.items() if _narrows(row) != _narrows(old[key])]):
        refresh_facets(keys)


def _as_said(said: Reach | None) -> Reached:
    if said is None:
        return Reached()
    goods = None if said.goods_bp is None else tuple(said.goods_bp)
    known = (said.followers, said.average_price_fen, said.shopping_followers)
    return Reached(*known, goods, said.size_band, said.stars, said.mark_year)


def _narrows(row: Reached) -> tuple[int | None, int | None, str, int | None, bool]:
    """What a directory's facets are made of."""
    is_marked = row.mark_year is not None
    return row.followers, row.average_price_fen, row.size_band, row.stars, is_marked


def write_reach(reached: Mapping[int, Reached]) -> None:
    """The same for parties whose listings are made afterwards."""
    now = clock.now()
    Reach.objects.bulk_create(
        [Reach(party_id=key, published_at=now, **asdict(row)) for key, row in reached.items()],
        BATCH,
        update_conflicts=True,
        unique_fields=["party"],
        update_fields=[*(field.name for field in fields(Reached)), "published_at"],
    )


Source = Callable[[], object]
_sources: list[Source] = []


def register_standing_source(source: Source) -> Source:
    """Those above who know standings and figures publish them again when all is made again."""
    _sources.append(source)
    return source


def publish_listings() -> int:
    """Make every row again, in batches; for a change of the search itself. What parts above told
    is told again first."""
    for source in _sources:
        source()
    known = Party.objects.order_by("pk").values_list("pk", flat=True)
    return sum(publish_listings_of(keys) for keys in _batches(known.iterator()))


@transaction.atomic
def publish_listings_of(keys: list[int]) -> int:
    """Rows of these parties as they are now; how many are listed."""
    listed = Party.objects.filter(pk__in=keys).listed()
    tiers = city_tiers(CityYear.objects)
    rows = [Listing(**values) for values in listing_values(listed, tiers, _barred(listed))]
    found_by = Listing.objects.only("kind", "text", "readings", "facets")
    before = found_by.filter(party__in=keys).in_bulk()
    Listing.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["party"], update_fields=KEPT_FIELDS
    )
    gone = set(keys) - {row.party_id for row in rows}
    if gone:
        Listing.objects.filter(party__in=gone).delete()
    changes = _changes(before, {row.party_id: row for row in rows})
    ListingBefore.objects.bulk_create(changes)
    keep_ranks(keys)
    return len(rows)


@transaction.atomic
def refresh_facets(keys: Collection[int]) -> None:
    """Only what these parties are narrowed by changed, not what they are called: rows whose facets
    differ are written, and the words of their index stay."""
    listed = Party.objects.filter(pk__in=keys).listed()
    tiers, barred_from = city_tiers(CityYear.objects), _barred(listed)
    facets = {p.pk: sorted(facets_of(p, tiers, barred_from)) for p in with_facets(listed)}
    changed, before = [], []
    rows = Listing.objects.filter(party__in=facets).order_by("pk")
    for row in rows.select_for_update(no_key=True):
        if row.facets == facets[row.pk]:
            continue
        before.append(
            ListingBefore(party_id=row.pk, kind=row.kind, changed_at=clock.now(), **_found_by(row))
        )
        row.facets = facets[row.pk]
        row.tokens = [*row.facets, *(token for token in row.tokens if token >= 0)]
        row.packed_facets = packed(row.facets)
        changed.append(row)
    Listing.objects.bulk_update(changed, ["facets", "tokens", "packed_facets"], BATCH)
    bulk.insert(before)
    keep_ranks([row.pk for row in changed])


@transaction.atomic
def publish_new_listings(keys: list[int]) -> None:
    """Rows of parties that have none yet, and are listed from the start."""
    listed = Party.objects.filter(pk__in=keys).listed()
    tiers = city_tiers(CityYear.objects)
    rows = [Listing(**row) for row in listing_values(listed, tiers, _barred(listed))]
    bulk.insert(rows)
    bulk.insert(_changes({}, {row.party_id: row for row in rows}))
    keep_ranks([row.party_id for row in rows])


def _changes(before: Mapping[int, Listing], after: Mapping[int, Listing]) -> list[ListingBefore]:
    """How each party that is found otherwise now was found before."""
    now, nowhere = clock.now(), Listing(text="", readings="", facets=[])
    return [
        ListingBefore(
            party_id=key,
            kind=(after.get(key) or before[key]).kind,
            changed_at=now,
            **_found_by(before.get(key, nowhere)),
        )
        for key in before.keys() | after.keys()
        if _found_by(before.get(key, nowhere)) != _found_by(after.get(key, nowhere))
    ]


def _found_by(row: Listing) -> dict[str, Any]:
    return {"text": row.text, "readings": row.readings, "facets": row.facets}


def _barred(listed: models.QuerySet[Party]) -> set[tuple[int, int]]:
    """(party, category): what they trade in and lack the permit for."""
    shares = PartyCategory.objects.filter(party__in=listed).values_list(
        "party_id", "party__kind", "category_id", "category__parent_id"
    )
    return barred(Trade(*share) for share in shares)


def listing_values(
    listed: models.QuerySet[Any],
    tiers: dict[int, int],
    barred_from: Collection[tuple[int, int]] = (),
) -> Iterator[dict[str, Any]]:
    """The columns of each party's row. `tiers`: city id → place in `TIERS`. `barred_from`: (party,
    category) that a permit lacks for: the party is not found there."""
    for party in with_facets(listed):
        # A creator's registered name is a person's: it is neither shown nor found.
        registered = "" if party.kind == PartyKind.CREATOR else party.legal_name
        entry = entry_of(party.kind, party.name, registered, _brands_of(party))
        score = score_of(party)
        facets = sorted(facets_of(party, tiers, barred_from))
        yield {
            "party_id": party.pk,
            "kind": party.kind,
            "text": entry.text,
            "readings": entry.readings,
            "sort_key": entry.sort_key,
            "tokens": [*facets, *entry.tokens],
            "facets": facets,
            "packed_facets": packed(facets),
            "score": NOT_RATED if score is None else score,
            "since": party.verified_at,
        }


def _brands_of(party: Any) -> list[str]:
    """Those that everybody sees."""
    shop = getattr(party, "merchant", None)
    if shop is None or shop.brands_held:
        return []
    return [brand.name for brand in shop.brands.all()]


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for key in keys:
        batch.append(key)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
