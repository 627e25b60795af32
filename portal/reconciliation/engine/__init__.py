"""Holding two lists of a day against each other: plain Python, without a database."""

from .bank import Claim, Matched, Movement, match_bank
from .completeness import share_bp
from .events import Aspect, Compared, Told, aspects, compare

__all__ = [
    "Aspect",
    "Claim",
    "Compared",
    "Matched",
    "Movement",
    "Told",
    "aspects",
    "compare",
    "match_bank",
    "share_bp",
]
