"""What put a difference right: a document that is here, looked up by its number. Apps above name
their own:

register_document("ticket", find_ticket)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.payouts.models import Batch
from portal.revenue.models import BankRow
from portal.settlement.models import Adjustment, Statement
from portal.settlement.states import AdjustmentStatus

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Document(NamedTuple):
    """`number`: as it is kept. `url` may be empty: a bank row has no page."""

    number: str
    title: str
    url: str = ""


Find = Callable[[str], Document | None]
_finders: dict[str, Find] = {}


def register_document(name: str, find: Find) -> None:
    _finders[name] = find


def find_document(text: str) -> Document | None:
    """By its number, or by the address of its page. None where nothing here has it."""
    number = text.strip()
    if not number:
        return None
    return next((found for find in _finders.values() if (found := find(number))), None)


def _correction(number: str) -> Document | None:
    """One that was posted; it has no number but its key."""
    key = _last_of(number)
    if KEY.fullmatch(key) is None:
        return None
    row = Adjustment.objects.filter(pk=key, status=AdjustmentStatus.APPROVED).first()
    return Document(key, _("Correction"), row.get_absolute_url()) if row else None


def _statement(number: str) -> Document | None:
    row = Statement.objects.filter(number=_last_of(number)).first()
    title = _("Statement %(n)s") % {"n": row}
    return Document(row.number, title, row.get_absolute_url()) if row else None


def _batch(number: str) -> Document | None:
    """Its page is named by its key."""
    last = _last_of(number)
    known = Q(pk=last) if KEY.fullmatch(last) else Q(number=last)
    row = Batch.objects.filter(known).first()
    title = _("Payout batch %(n)s") % {"n": row}
    return Document(row.number, title, row.get_absolute_url()) if row else None


def _bank_row(number: str) -> Document | None:
    row = BankRow.objects.filter(reference=number).order_by("pk").first()
    return Document(number, _("Bank row %(n)s") % {"n": number}) if row else None


def _last_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].strip()


register_document("correction", _correction)
register_document("statement", _statement)
register_document("batch", _batch)
register_document("bank_row", _bank_row)
