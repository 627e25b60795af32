from matchmaking.matching import PART_NAMES, SHORT_NAMES, published_method
from matchmaking.recruiting.matching.matches import (
    MOST_GLANCED,
    Match,
    PartLine,
    Score,
    judge_pairs,
    match_posts,
    match_products,
    suggest_posts,
    suggest_products,
)
from matchmaking.recruiting.matching.words import GapLine

__all__ = [
    "MOST_GLANCED",
    "PART_NAMES",
    "SHORT_NAMES",
    "GapLine",
    "Match",
    "PartLine",
    "Score",
    "judge_pairs",
    "match_posts",
    "match_products",
    "published_method",
    "suggest_posts",
    "suggest_products",
]
