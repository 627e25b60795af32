from portal.evaluation.services.corrections import (
    confirm_fact,
    correct_fact,
)
from portal.evaluation.services.facts import (
    already_said,
    flaws_of_parties,
    is_said_otherwise,
    record_fact,
    record_facts,
)
from portal.evaluation.services.roster import (
    record_roster_facts,
)

__all__ = [
    "already_said",
    "confirm_fact",
    "correct_fact",
    "flaws_of_parties",
    "is_said_otherwise",
    "record_fact",
    "record_facts",
    "record_roster_facts",
]
