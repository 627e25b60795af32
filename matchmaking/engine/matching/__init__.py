"""Matching of recruiting posts and products: hard filters first, then published parts.

One score for both directions: `suggest` keeps the best products of every post and the best posts of
every product, `score_pairs` says how the parts of named pairs came about, and `gaps` what one pair
lacks. Points are whole numbers, so sums are exact and the order of the input changes nothing.
"""

from .gaps import HARD, Gap, gaps
from .method import PART_CODES, MatchingMethod, Part
from .pairs import PairScores, score_pairs
from .suggest import Suggestions, suggest
from .tables import PostTable, ProductTable

__all__ = [
    "HARD",
    "PART_CODES",
    "Gap",
    "MatchingMethod",
    "PairScores",
    "Part",
    "PostTable",
    "ProductTable",
    "Suggestions",
    "gaps",
    "score_pairs",
    "suggest",
]
