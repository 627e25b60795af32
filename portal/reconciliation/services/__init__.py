from portal.reconciliation.services.counting import count_day, count_days, days_to_count
from portal.reconciliation.services.listing import drop_list, list_events
from portal.reconciliation.services.matching import end_match, match_rows
from portal.reconciliation.services.resolving import (
    match_row,
    reopen_difference,
    resolve_difference,
    resolve_differences,
)

__all__ = [
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
