"""What people propose and hand in, as values; and what a voucher's columns may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

VOUCHER_FIELDS = {
    "day": _("last day of the month"),
    "year": _("year"),
    "period": _("month, as a number"),
    "word": _("kind of voucher"),
    "number": _("number of the voucher"),
    "line": _("number of the line"),
    "papers": _("papers attached"),
    "text": _("what it is for"),
    "account_code": _("account code"),
    "account_name": _("account name"),
    "currency": _("currency"),
    "debit": _("debit"),
    "credit": _("credit"),
    "amount": _("amount, either side"),
    "party_code": _("party's number"),
    "party_name": _("party's registered name"),
    "maker": _("who made it"),
    "empty": _("nothing"),
}


@dataclass(frozen=True, slots=True)
class TableFields:
    """A table of tax to propose; `body` as `engine.tables` reads it."""

    kind: str
    starts_on: date
    body: dict[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class ProfileFields:
    """How a party counts its tax from a day on; `kind` where its code does not say it."""

    taxpayer: str
    starts_on: date
    kind: str = ""
