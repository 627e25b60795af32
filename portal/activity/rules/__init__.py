from portal.activity.rules.days import (
    KINDS,
    can_feed_days,
    can_list_days,
    can_record_days,
    can_report_days,
    flaws_of_day,
)
from portal.activity.rules.figures import (
    WHOLE,
    can_record_figures,
    can_report_figures,
    codes_of,
    flaws_of_distribution,
    flaws_of_figures,
    parts_of,
)

__all__ = [
    "KINDS",
    "WHOLE",
    "can_feed_days",
    "can_list_days",
    "can_record_days",
    "can_record_figures",
    "can_report_days",
    "can_report_figures",
    "codes_of",
    "flaws_of_day",
    "flaws_of_distribution",
    "flaws_of_figures",
    "parts_of",
]
