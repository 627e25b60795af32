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
from portal.evaluation.selectors.producers import (
    declared_services,
    refs_of,
    services_meant,
    unrecorded,
)

__all__ = [
    "Standing",
    "chain_of",
    "declared_services",
    "gaming_of",
    "later_of",
    "measure_of",
    "pseudonym_of",
    "refs_of",
    "row_behind",
    "self_dealing",
    "services_meant",
    "standing_of",
    "title_of",
    "unrecorded",
    "written_value",
]
