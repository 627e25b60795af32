"""Splitting an order's money by an agreement: whole fen, integers and fractions, no database.

`parse_agreement` reads an agreement, `split` divides one amount by it, `post_events` follows order
lines from payment to the last refund, `Posted.entries` adds what is due once a month, `explain`
and `preview` say how an amount comes about. Formats and arithmetic are in docs/splits.md.
"""

from .agreement import (
    RESIDUAL,
    Agreement,
    BillDue,
    BillKind,
    BillWhen,
    Component,
    InvoiceComponent,
    Leg,
    PaidTo,
    PeriodComponent,
    RefundLadder,
    Seal,
)
from .amounts import apportion
from .bases import BaseRule, base_of
from .bills import Due, dues, refund_of
from .entries import Entry, EventFaults, Posted, entries_of, post_events
from .events import Event, EventFault, Kind
from .explain import Explanation, Fen, LegExplained, Phrase, Rate, Step, explain
from .faults import AgreementFaults, Fault
from .joining import (
    AGENCY,
    CREATOR,
    PLATFORM,
    PLATFORM_FEE,
    Ceilings,
    Parts,
    Unjoinable,
    hash_of,
    join_terms,
    share_of_order,
    text_of,
)
from .lines import Line, Posting, Track
from .months import Month, month_of, parse_month
from .periods import Months, PeriodRow, PeriodSum, Turnover, period_sum
from .preview import Preview, preview
from .reading import parse_agreement
from .splitting import split
from .suspicion import Seen, Thresholds, find_signs
from .turnover import Settled, settled_by_month, settled_phases
from .weight import fixed_sums, most_share

__all__ = [
    "AGENCY",
    "CREATOR",
    "PLATFORM",
    "PLATFORM_FEE",
    "RESIDUAL",
    "Agreement",
    "AgreementFaults",
    "BaseRule",
    "BillDue",
    "BillKind",
    "BillWhen",
    "Ceilings",
    "Component",
    "Due",
    "Entry",
    "Event",
    "EventFault",
    "EventFaults",
    "Explanation",
    "Fault",
    "Fen",
    "InvoiceComponent",
    "Kind",
    "Leg",
    "LegExplained",
    "Line",
    "Month",
    "Months",
    "PaidTo",
    "Parts",
    "PeriodComponent",
    "PeriodRow",
    "PeriodSum",
    "Phrase",
    "Posted",
    "Posting",
    "Preview",
    "Rate",
    "RefundLadder",
    "Seal",
    "Seen",
    "Settled",
    "Step",
    "Thresholds",
    "Track",
    "Turnover",
    "Unjoinable",
    "apportion",
    "base_of",
    "dues",
    "entries_of",
    "explain",
    "find_signs",
    "fixed_sums",
    "hash_of",
    "join_terms",
    "month_of",
    "most_share",
    "parse_agreement",
    "parse_month",
    "period_sum",
    "post_events",
    "preview",
    "refund_of",
    "settled_by_month",
    "settled_phases",
    "share_of_order",
    "split",
    "text_of",
]
