from matchmaking.needs.ranking.candidates import (
    Candidate,
    CandidateList,
    Exclusion,
    PartScore,
    profile_of,
)
from matchmaking.needs.ranking.fit import (
    Fit,
    FitLine,
    fit_of,
)
from matchmaking.needs.ranking.method import (
    PART_NAMES,
    SOURCED_PARTS,
    measurable_points,
    published_method,
    published_weights,
)

__all__ = [
    "PART_NAMES",
    "SOURCED_PARTS",
    "Candidate",
    "CandidateList",
    "Exclusion",
    "Fit",
    "FitLine",
    "PartScore",
    "fit_of",
    "measurable_points",
    "profile_of",
    "published_method",
    "published_weights",
]
