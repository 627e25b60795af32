"""The engine's sentences, in the reader's language and with the parties' names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from portal.core.money import Money
from portal.revenue.engine import EventFault, Fault, Fen, Phrase
from portal.revenue.order_states import PART_LABELS


def formula_in_words(formula: Iterable[Phrase]) -> str:
    return gettext("; ").join(phrase_in_words(one) for one in formula)


def phrase_in_words(phrase: Phrase) -> str:
    return gettext(phrase.message) % {key: _plain(one) for key, one in phrase.params.items()}


def fault_in_words(fault: Fault) -> str:
    """With its place, as `components[0].rate_bp`."""
    return f"{fault.path.removeprefix('$.')}: {gettext(fault.message) % fault.params}"


def event_fault_in_words(fault: EventFault) -> str:
    """A sentence by itself: its field stands beside it."""
    said = gettext(fault.message) % {key: _plain(one) for key, one in fault.params.items()}
    return f"{said[:1].upper()}{said[1:]}{gettext('.')}"


def _plain(value: object) -> str:
    """Parts of an order's tree by their names, as beside their amounts."""
    if isinstance(value, Fen):
        return Money(int(value)).short
    return str(PART_LABELS.get(value, value) if isinstance(value, str) else value)
