from matchmaking.needs.ranking.candidates import (
    Candidate,
    CandidateList,
    Exclusion,
    PartScore,
    filters_of,
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
from matchmaking.needs.ranking.sizes import (
    Size,
    sizes_of,
)

__all__ = [
    "PART_NAMES",
    "Candidate",
    "CandidateList",
    "Exclusion",
    "Fit",
    "FitLine",
    "PartScore",
    "Size",
    "filters_of",
    "fit_of",
    "group_of",
    "measurable_points",
    "profile_of",
    "published_method",
    "published_weights",
    "sizes_of",
    "sourced_parts",
]
