from portal.evaluation.rules.facts import (
    can_correct_fact,
    can_feed_facts,
    can_record_facts,
    flaws_of_correction,
    flaws_of_fact,
)

__all__ = [
    "can_correct_fact",
    "can_feed_facts",
    "can_record_facts",
    "flaws_of_correction",
    "flaws_of_fact",
]
