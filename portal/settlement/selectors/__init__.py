from portal.settlement.selectors.cooperations import (
    Cooperation,
    cooperations_of,
    sums_of_cooperations,
)
from portal.settlement.selectors.coverage import Uncovered, held_since, uncovered_of
from portal.settlement.selectors.funds import (
    Amount,
    Due,
    LineFlow,
    accounts_of,
    amounts_of,
    current_statement,
    due_of,
    first_statement_in,
    flow_of_line,
)
from portal.settlement.selectors.lines import lines_covered, merchants_of
from portal.settlement.selectors.pages import (
    Paper,
    ShownRow,
    figures,
    month_to_settle,
    rows_of,
    steps_of_run,
    steps_of_statement,
    sums_of,
    sums_of_statement,
)
from portal.settlement.selectors.shown_lines import (
    LinePage,
    ShownLine,
    all_lines,
    lines_named,
    lines_page,
    told_entries,
)
from portal.settlement.selectors.statement_books import books_of_statement
from portal.settlement.selectors.verification import verification

__all__ = [
    "Amount",
    "Cooperation",
    "Due",
    "LineFlow",
    "LinePage",
    "Paper",
    "ShownLine",
    "ShownRow",
    "Uncovered",
    "accounts_of",
    "all_lines",
    "amounts_of",
    "books_of_statement",
    "cooperations_of",
    "current_statement",
    "due_of",
    "figures",
    "first_statement_in",
    "flow_of_line",
    "held_since",
    "lines_covered",
    "lines_named",
    "lines_page",
    "merchants_of",
    "month_to_settle",
    "rows_of",
    "steps_of_run",
    "steps_of_statement",
    "sums_of",
    "sums_of_cooperations",
    "sums_of_statement",
    "told_entries",
    "uncovered_of",
    "verification",
]
