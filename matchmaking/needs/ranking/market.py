"""Every listed offer as columns, kept in the process and brought up to date by what changed.

A view asks the parties' journal what changed since the last look and reads those offers alone: the
cost is one small query whatever the number of providers. A commit can hide nowhere: the mark is
taken before the rows are read, and asks next time for every transaction that was still under way
then. So an order is as new as its own view, always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaking.engine.ranking import CandidatePool
from matchmaking.needs.models import LEAST, ResponsePace
from matchmaking.needs.ranking.columns import Columns, members, read_columns
from matchmaking.needs.ranking.figures import audiences_of, places_of, rosters_of
from portal.core.clock import SHANGHAI
from portal.parties.profile_states import FactPart
from portal.parties.selectors import Mark, News, Offer, news_of_offers, offers
from portal.parties.states import PartyKind

MANY = 1_000  # offers; beyond, all paces are read rather than named ones


@dataclass(frozen=True, slots=True)
class Market:
    """The candidates of one kind. Two markets of the same `version` are the same; one that is not
    `is_shared` holds what a transaction has written and not yet committed."""

    columns: Columns
    pool: CandidatePool
    mark: Mark
    version: int
    is_shared: bool


_versions = count(1)
_kept: dict[PartyKind, Market] = {}
_lock = Lock()


def market_of(kind: PartyKind) -> Market:
    """The listed parties of a kind as this transaction sees them. What a transaction that has
    written sees is kept for nobody else: it may yet be undone."""
    with _lock:
        kept = _kept.get(kind)
        news = news_of_offers(kept.mark if kept else None)
        market = _brought_up(kind, kept, news)
        if news.is_shared:
            _kept[kind] = market
        return market


def _brought_up(kind: PartyKind, kept: Market | None, news: News) -> Market:
    if kept is None or news.changed is None:
        columns = read_columns()
        return _new(columns, pool_of(offers(kind), columns, kind), news)
    if not news.changed:
        return replace(kept, mark=news.mark, is_shared=news.is_shared)
    changed = pool_of(offers(kind, sorted(news.changed)), kept.columns, kind)
    others = ~np.isin(kept.pool.ids, list(news.changed))
    if others.all() and not len(changed.ids):
        return replace(kept, mark=news.mark, is_shared=news.is_shared)
    return _new(kept.columns, _joined(kept.pool, others, changed), news)


def _new(columns: Columns, pool: CandidatePool, news: News) -> Market:
    return Market(columns, pool, news.mark, next(_versions), news.is_shared)


def _joined(
    pool: CandidatePool, others: NDArray[np.bool_], changed: CandidatePool
) -> CandidatePool:
    """The rows of `others`, then those that changed."""
    columns: dict[str, Any] = {
        name: None if values is None else np.concatenate([values[others], getattr(changed, name)])
        for name, values in vars(pool).items()
    }
    return CandidatePool(**columns)


def pool_of(found: Sequence[Offer], columns: Columns, kind: PartyKind) -> CandidatePool:
    """Offers as columns. Past results and evaluation join with their own sources."""
    ids = [offer.party_id for offer in found]
    paces = _paces(ids)
    shares = np.zeros((len(found), len(columns.categories)))
    for row, offer in enumerate(found):
        for category, share in zip(offer.category_ids, offer.shares, strict=True):
            shares[row, columns.category_of[category]] += share / 100
    return CandidatePool(
        ids=_integers(offer.party_id for offer in found),
        price_low=_integers(offer.price_low_fen for offer in found),
        price_high=_integers(offer.price_high_fen for offer in found),
        remote=np.array([offer.works_remotely for offer in found], dtype=np.bool_),
        updated_day=_integers(_day(offer.updated_at) for offer in found),
        verified_day=_integers(_day(offer.verified_at) for offer in found),
        services=members([offer.service_ids for offer in found], columns.service_of),
        cities=members([offer.city_ids for offer in found], columns.city_of),
        category_shares=np.minimum(shares, 1.0),
        response_hours=_known(paces, ids),
        facts=_facts(found) if kind == PartyKind.PROVIDER else None,
        **_sizes(kind, ids),
    )


def _facts(found: Sequence[Offer]) -> NDArray[np.bool_]:
    """The parts of the business each names; agencies and creators are not asked."""
    named = [[part in offer.fact_parts for part in FactPart] for offer in found]
    return np.array(named, dtype=np.bool_).reshape(len(found), len(FactPart))


def _sizes(kind: PartyKind, ids: Sequence[int]) -> dict[str, NDArray[np.float64]]:
    """What each kind is known to be large by."""
    if kind == PartyKind.PROVIDER:
        return {"places": _known(places_of(named(ids)), ids)}
    if kind == PartyKind.AGENCY:
        rosters = rosters_of(ids, named(ids))
        return {
            "reach": rosters.reach,
            "rosters": rosters.counts,
            "unmeasured": rosters.unmeasured,
        }
    audiences = audiences_of(ids, named(ids))
    return {"reach": audiences.reach, "shopping": audiences.shopping, "goods": audiences.goods}


def _known(values: Mapping[int, float], ids: Sequence[int]) -> NDArray[np.float64]:
    return np.array([values.get(pk, np.nan) for pk in ids], dtype=np.float64)


def named(ids: Sequence[int]) -> Sequence[int] | None:
    """These, or None for all where naming them would cost more."""
    return ids if len(ids) < MANY else None


def _paces(ids: Sequence[int]) -> dict[int, float]:
    """Median working hours to an answer, of those with enough answers. Its rows' triggers write
    into the same journal as the offers, so a kept market is brought up to date with them."""
    known = ResponsePace.objects.filter(answered__gte=LEAST)
    if (few := named(ids)) is not None:
        known = known.filter(party__in=few)
    rows = known.values_list("party_id", "median_minutes")
    return {pk: minutes / 60 for pk, minutes in rows if minutes is not None}


def _integers(values: Any) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _day(moment: datetime) -> int:
    return moment.astimezone(SHANGHAI).date().toordinal()
