"""What the entries of payouts are called in the books, and where they lead."""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from portal.ledger.causes import Cause, register_cause
from portal.payouts.states import CAUSE, DEBT_CAUSE

SAID = re.compile(r"(?P<batch>TX-\S+) (?P<what>sent|paid|partial|rejected)")
SENTENCES = {
    "sent": gettext_noop("Payout in batch %(batch)s"),
    "paid": gettext_noop("Payout arrived (%(batch)s)"),
    "partial": gettext_noop("Payout arrived in part (%(batch)s)"),
    "rejected": gettext_noop("Payout returned by the bank (%(batch)s)"),
}
PARTS = {
    "sent": gettext_noop("in payment"),
    "arrived": gettext_noop("arrived"),
    "returned": gettext_noop("returned"),
    "owed": gettext_noop("to be paid back"),
}


def sentence_of(text: str) -> str:
    said = SAID.fullmatch(text)
    return gettext(SENTENCES[said["what"]]) % said.groupdict() if said else text


def part_of(part: str) -> str:
    return gettext(PARTS[part]) if part in PARTS else part


def address_of(cause_id: str) -> str:
    return reverse("payout_detail", args=[int(cause_id)])


def address_of_debt(cause_id: str) -> str:
    return reverse("payout_list")


register_cause(CAUSE, Cause(part=part_of, text=sentence_of, address=address_of))
register_cause(DEBT_CAUSE, Cause(part=part_of, address=address_of_debt))
