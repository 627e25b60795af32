"""The engine's sentences, in the reader's language and with the parties' names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from portal.core.money import Money
from portal.revenue.engine import Fault, Fen, Phrase


def formula_in_words(formula: Iterable[Phrase]) -> str:
    return gettext("; ").join(phrase_in_words(one) for one in formula)


def phrase_in_words(phrase: Phrase) -> str:
    return gettext(phrase.message) % {key: _plain(one) for key, one in phrase.params.items()}


def fault_in_words(fault: Fault) -> str:
    """With its place, as `components[0].rate_bp`."""
    return f"{fault.path.removeprefix('$.')}: {gettext(fault.message) % fault.params}"


def _plain(value: object) -> str:
    return Money(int(value)).short if isinstance(value, Fen) else str(value)
