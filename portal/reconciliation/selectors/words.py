"""What differences say, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.reconciliation.models import Difference
from portal.reconciliation.selectors.bank import IN, OUT
from portal.reconciliation.states import Between
from portal.revenue.order_states import EventKind

TOTAL, LIST, WAITS = "total", "list", "waits"
SUMS = (TOTAL, LIST)


def subject_of(difference: Difference) -> str:
    if difference.between == Between.UPSTREAM and difference.key == TOTAL:
        return _("The whole day, by its control total")
    if difference.between == Between.UPSTREAM and difference.key == LIST:
        return _("The upstream's list, by its control total")
    return difference.subject


def expected_of(difference: Difference) -> str:
    return _said(difference, difference.expected)


def found_of(difference: Difference) -> str:
    return _said(difference, difference.found)


def _said(difference: Difference, text: str) -> str:
    if difference.key in SUMS and text:
        return _("%(n)s events") % {"n": f"{int(text):,}"}
    if text == WAITS:
        return _("waits until its line is paid")
    if text in (IN, OUT):
        return _("comes in") if text == IN else _("goes out")
    kind, _space, phase = text.partition(" ")
    if kind in EventKind.values:
        label = str(EventKind(kind).label)
        return (
            _("%(event)s, phase %(phase)s") % {"event": label, "phase": phase} if phase else label
        )
    return text


def meaning_of(difference: Difference) -> str:
    """A sentence on what is wrong, and where to look."""
    return MEANINGS[difference.between, difference.kind]()


MEANINGS = {
    ("upstream", "missing"): lambda: _(
        "The upstream says it happened, and it is not here. Import it, or ask the upstream."
    ),
    ("upstream", "extra"): lambda: _(
        "It is here, and the upstream does not list it. Ask the upstream whether it took it back."
    ),
    ("upstream", "amount"): lambda: _(
        "Upstream and orders have different amounts. What is here was split by its own amount."
    ),
    ("upstream", "status"): lambda: _("Upstream and orders say different things of one event."),
    ("upstream", "timing"): lambda: _("Upstream and orders put one event on different days."),
    ("ledger", "missing"): lambda: _("The event is here and moved nothing in the books."),
    ("ledger", "extra"): lambda: _("The books moved money for what is no event here."),
    ("ledger", "amount"): lambda: _("The books moved another amount than the event says."),
    ("ledger", "status"): lambda: _(
        "Its line is not paid yet, so nothing is split. Its payment has not arrived."
    ),
    ("ledger", "timing"): lambda: _(
        "It counts in a later month of the books, because its own was closed when it arrived."
    ),
    ("bank", "missing"): lambda: _(
        "The books say it moved, and no row of the bank is it. Bring in the bank's rows, or match "
        "it by hand."
    ),
    ("bank", "extra"): lambda: _("The bank moved it, and nothing in the books asks for it."),
    ("bank", "amount"): lambda: _("The bank moved another amount under this number."),
    ("bank", "status"): lambda: _("The bank moved it the other way."),
    ("bank", "timing"): lambda: _("The bank moved it on another day than the books say."),
}
