from portal.evaluation.selectors.differences import (
    differences_between,
)
from portal.evaluation.selectors.documents import (
    told,
)
from portal.evaluation.selectors.example import (
    FILES,
    example_of,
    explanation_of,
    file_of,
    opened,
)
from portal.evaluation.selectors.facts import (
    Standing,
    chain_of,
    later_of,
    measure_of,
    pseudonym_of,
    row_behind,
    standing_of,
    title_of,
    written_value,
)
from portal.evaluation.selectors.gaming import (
    gaming_of,
    self_dealing,
)
from portal.evaluation.selectors.impact import (
    biggest_movers,
    impact_of,
    moves_between,
)
from portal.evaluation.selectors.methods import (
    CODE_NAMES,
    announced,
    latest_official,
    latest_trial,
    official_beside,
    shown_method,
    trial_beside,
    trial_in_force,
    version_before,
    versions_of,
)
from portal.evaluation.selectors.producers import (
    declared_services,
    refs_of,
    services_meant,
    unrecorded,
)
from portal.evaluation.selectors.snapshots import (
    besides_of,
    count_rated,
    coverage_of,
    distribution,
    other_version,
    segments_of,
    sensitivity_of,
)

__all__ = [
    "CODE_NAMES",
    "FILES",
    "Standing",
    "announced",
    "besides_of",
    "biggest_movers",
    "chain_of",
    "count_rated",
    "coverage_of",
    "declared_services",
    "differences_between",
    "distribution",
    "example_of",
    "explanation_of",
    "file_of",
    "gaming_of",
    "impact_of",
    "later_of",
    "latest_official",
    "latest_trial",
    "measure_of",
    "moves_between",
    "official_beside",
    "opened",
    "other_version",
    "pseudonym_of",
    "refs_of",
    "row_behind",
    "segments_of",
    "self_dealing",
    "sensitivity_of",
    "services_meant",
    "shown_method",
    "standing_of",
    "title_of",
    "told",
    "trial_beside",
    "trial_in_force",
    "unrecorded",
    "version_before",
    "versions_of",
    "written_value",
]
