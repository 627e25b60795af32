from portal.evaluation.rules.facts import (
    can_confirm_fact,
    can_correct_fact,
    can_feed_facts,
    can_list_facts,
    can_record_facts,
    flaws_of_correction,
    flaws_of_fact,
)
from portal.evaluation.rules.gaming import (
    Order,
    strike_of,
    strikes_of_orders,
)

__all__ = [
    "Order",
    "can_confirm_fact",
    "can_correct_fact",
    "can_feed_facts",
    "can_list_facts",
    "can_record_facts",
    "flaws_of_correction",
    "flaws_of_fact",
    "strike_of",
    "strikes_of_orders",
]
