"""Places inside a segment."""

from __future__ import annotations

import numpy as np

from .indicators import FloatArray, IntArray

DECIMALS = 6  # of a score, wherever one is written down or compared


def rounded(scores: FloatArray) -> FloatArray:
    """As they are written: what looks equal is equal. Never −0."""
    return np.round(scores, DECIMALS) + 0.0


def ranks_in(segments: IntArray, scores: FloatArray) -> IntArray:
    """(n,) from 1 for the highest in its segment, 0 for no score; ties share the better rank."""
    ranks = np.zeros(len(scores), dtype=np.int64)
    is_rated = ~np.isnan(scores)
    segment, score = segments[is_rated], rounded(scores[is_rated])
    order = np.lexsort((-score, segment))
    segment, score = segment[order], score[order]
    starts_segment = np.diff(segment, prepend=-1) != 0
    starts_rank = starts_segment | (np.diff(score, prepend=np.nan) != 0)
    place = np.arange(len(score))
    first_of_segment = np.maximum.accumulate(np.where(starts_segment, place, 0))
    first_of_rank = np.maximum.accumulate(np.where(starts_rank, place, 0))
    ranks[np.flatnonzero(is_rated)[order]] = first_of_rank - first_of_segment + 1
    return ranks


def place_of(score: float, others: FloatArray) -> int:
    """The rank a score would have among the others of its segment."""
    return 1 + int((rounded(others) > rounded(np.array(score))).sum())
