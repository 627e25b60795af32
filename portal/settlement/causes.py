"""What the entries of settlements are called in the books, and where they lead."""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from portal.ledger.causes import Cause, register_cause
from portal.settlement.states import ADJUSTMENT, RELEASE, TRUE_UP

MONTHLY = re.compile(r"(?P<part>.*) (?P<month>\d{4}-\d{2})(?: (?P<corrects>\d{4}-\d{2}))?")
OWN = gettext_noop("Monthly part of %(month)s: %(part)s")
CORRECTING = gettext_noop("%(part)s: what came later changes %(corrects)s, in %(month)s")
RELEASED = gettext_noop("Statement %(number)s approved: payable from now on")
CORRECTED = gettext_noop("Correction: %(why)s")


def sentence_of_true_up(text: str) -> str:
    said = MONTHLY.fullmatch(text)
    if said is None:
        return text
    return gettext(CORRECTING if said["corrects"] else OWN) % said.groupdict()


def sentence_of_release(text: str) -> str:
    return gettext(RELEASED) % {"number": text}


def sentence_of_adjustment(text: str) -> str:
    return gettext(CORRECTED) % {"why": text}


def address_of_true_up(cause_id: str) -> str:
    return ""


def address_of_statement(number: str) -> str:
    return reverse("statement_detail", args=[number])


def address_of_adjustment(key: str) -> str:
    return reverse("adjustment_detail", args=[key])


register_cause(TRUE_UP, Cause(part=str, text=sentence_of_true_up, address=address_of_true_up))
register_cause(RELEASE, Cause(part=str, text=sentence_of_release, address=address_of_statement))
register_cause(
    ADJUSTMENT, Cause(part=str, text=sentence_of_adjustment, address=address_of_adjustment)
)
