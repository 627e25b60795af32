from portal.reconciliation.services.counting import count_day, count_days, days_to_count
from portal.reconciliation.services.finding import close_found
from portal.reconciliation.services.handwork import end_match, match_row
from portal.reconciliation.services.listing import drop_list, list_events
from portal.reconciliation.services.matching import match_rows
from portal.reconciliation.services.resolving import (
    reopen_difference,
    resolve_difference,
    resolve_differences,
)

__all__ = [
    "close_found",
    "count_day",
    "count_days",
    "days_to_count",
    "drop_list",
    "end_match",
    "list_events",
    "match_row",
    "match_rows",
    "reopen_difference",
    "resolve_difference",
    "resolve_differences",
]
