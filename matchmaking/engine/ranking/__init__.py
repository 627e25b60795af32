"""Ranking of candidate providers for a need: hard filters first, then published parts.

`rank` orders a `CandidatePool` for a `NeedProfile` by a `RankingMethod` and explains every
place; `gaps` says what one candidate is missing. Same input and same day, same order.
"""

from .filters import AGENCY_FILTERS, CREATOR_FILTERS, HARD_FILTERS, TRADE_FILTERS, Filter
from .gaps import Gap, gaps
from .method import (
    PART_CODES,
    Newcomers,
    Part,
    PriceGrid,
    Priorities,
    RankingMethod,
    ReachScale,
    is_dimension,
)
from .newcomers import Placing, place_newcomers
from .order import Ranking, rank, rotation
from .priorities import weighed
from .profiles import CandidatePool, NeedProfile

__all__ = [
    "AGENCY_FILTERS",
    "CREATOR_FILTERS",
    "HARD_FILTERS",
    "PART_CODES",
    "TRADE_FILTERS",
    "CandidatePool",
    "Filter",
    "Gap",
    "NeedProfile",
    "Newcomers",
    "Part",
    "Placing",
    "PriceGrid",
    "Priorities",
    "Ranking",
    "RankingMethod",
    "ReachScale",
    "gaps",
    "is_dimension",
    "place_newcomers",
    "rank",
    "rotation",
    "weighed",
]
