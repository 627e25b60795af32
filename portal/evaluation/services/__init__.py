from portal.evaluation.services.facts import (
    correct_fact,
    record_fact,
    record_facts,
)

__all__ = [
    "correct_fact",
    "record_fact",
    "record_facts",
]
