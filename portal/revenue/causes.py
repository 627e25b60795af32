"""What the entries of orders are called in the books, and where they lead."""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from portal.ledger.causes import Cause, register_cause
from portal.revenue.bill_states import CAUSE as BILL_CAUSE
from portal.revenue.order_states import CAUSE
from portal.revenue.selectors.previews import title_of

SAID = re.compile(r"(?P<line>.*) (?P<kind>paid|settled|refunded)(?: (?P<phase>\d+))?")
SENTENCES = {
    "paid": gettext_noop("Order %(line)s was paid"),
    "settled": gettext_noop("Order %(line)s settled, phase %(phase)s"),
    "refunded": gettext_noop("Order %(line)s was refunded"),
}


def sentence_of(text: str) -> str:
    """Of what a journal says: the line, what happened, and the phase of what settled."""
    said = SAID.fullmatch(text)
    return gettext(SENTENCES[said["kind"]]) % said.groupdict() if said else text


BILL_SAID = re.compile(r"(?P<bill>.*) (?:(?P<day>\d{4}-\d{2}-\d{2})|(?P<end>paid|waived))")
BILL_ENDS = {"paid": gettext_noop("%(bill)s: paid"), "waived": gettext_noop("%(bill)s: waived")}


def sentence_of_bill(text: str) -> str:
    """Its title, and by which day it is due or how it ended."""
    said = BILL_SAID.fullmatch(text)
    if said is None:
        return text
    if said["end"]:
        return gettext(BILL_ENDS[said["end"]]) % {"bill": said["bill"]}
    return gettext("%(bill)s, due by %(day)s") % {"bill": said["bill"], "day": said["day"]}


def address_of_event(cause_id: str) -> str:
    return reverse("order_event_detail", args=[int(cause_id)])


def address_of_bill(cause_id: str) -> str:
    return reverse("bill_detail", args=[cause_id])


register_cause(CAUSE, Cause(part=title_of, text=sentence_of, address=address_of_event))
register_cause(BILL_CAUSE, Cause(part=str, text=sentence_of_bill, address=address_of_bill))
