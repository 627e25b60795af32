"""How well a product suits whoever may show it: the published method, and what the engine reads of
both. Recruiting posts and fairs stand on it."""

from matchmaking.matching.columns import (
    BIT,
    LEAST_SHARE,
    PLENTY,
    PRICED,
    Columns,
    PoolRow,
    Priced,
    goods_of,
    on_time_of,
    pool_rows,
    pool_table,
    shares_of,
    stars_of,
)
from matchmaking.matching.lines import PartLine, certainty_of, lines_of
from matchmaking.matching.method import PART_NAMES, SHORT_NAMES, published_method
from matchmaking.matching.offers import Asked, offers_to, register_offers

__all__ = [
    "BIT",
    "LEAST_SHARE",
    "PART_NAMES",
    "PLENTY",
    "PRICED",
    "SHORT_NAMES",
    "Asked",
    "Columns",
    "PartLine",
    "PoolRow",
    "Priced",
    "certainty_of",
    "goods_of",
    "lines_of",
    "offers_to",
    "on_time_of",
    "pool_rows",
    "pool_table",
    "published_method",
    "register_offers",
    "shares_of",
    "stars_of",
]
