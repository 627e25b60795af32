"""Splitting an order's money by an agreement: whole fen, integers and fractions, no database.

`parse_agreement` reads an agreement, `split` divides one amount by it, `post_events` follows order
lines from payment to the last refund, `Posted.entries` adds what is due once a month, `explain`
and `preview` say how an amount comes about. Formats and arithmetic are in docs/splits.md.
"""

from .agreement import RESIDUAL, Agreement, Component, Leg, PeriodComponent
from .amounts import apportion
from .bases import BaseRule, base_of
from .entries import Entry, EventFaults, Posted, entries_of, post_events
from .events import Event, EventFault, Kind
from .explain import Explanation, Fen, LegExplained, Phrase, Rate, Step, explain
from .faults import AgreementFaults, Fault
from .joining import (
    AGENCY,
    CREATOR,
    PLATFORM,
    Parts,
    Unjoinable,
    hash_of,
    join_terms,
    text_of,
)
from .lines import Line, Posting, Track
from .months import Month, month_of, parse_month
from .periods import PeriodSum, Turnover, period_sum
from .preview import Preview, preview
from .reading import parse_agreement
from .splitting import split
from .suspicion import Seen, Thresholds, find_signs

__all__ = [
    "AGENCY",
    "CREATOR",
    "PLATFORM",
    "RESIDUAL",
    "Agreement",
    "AgreementFaults",
    "BaseRule",
    "Component",
    "Entry",
    "Event",
    "EventFault",
    "EventFaults",
    "Explanation",
    "Fault",
    "Fen",
    "Kind",
    "Leg",
    "LegExplained",
    "Line",
    "Month",
    "Parts",
    "PeriodComponent",
    "PeriodSum",
    "Phrase",
    "Posted",
    "Posting",
    "Preview",
    "Rate",
    "Seen",
    "Step",
    "Thresholds",
    "Track",
    "Turnover",
    "Unjoinable",
    "apportion",
    "base_of",
    "entries_of",
    "explain",
    "find_signs",
    "hash_of",
    "join_terms",
    "month_of",
    "parse_agreement",
    "parse_month",
    "period_sum",
    "post_events",
    "preview",
    "split",
    "text_of",
]
