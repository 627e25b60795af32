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
    group_of,
    measurable_points,
    published_method,
    published_weights,
    sourced_parts,
)

__all__ = [
    "PART_NAMES",
    "Candidate",
    "CandidateList",
    "Exclusion",
    "Fit",
    "FitLine",
    "PartScore",
    "fit_of",
    "group_of",
    "measurable_points",
    "profile_of",
    "published_method",
    "published_weights",
    "sourced_parts",
]
