"""What is billed by date, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from portal.core.money import Money
from portal.revenue.engine import BillDue, BillWhen, InvoiceComponent, Rate, RefundLadder


def bill_in_words(one: InvoiceComponent, names: Mapping[str, str]) -> str:
    sentence = _("%(code)s: %(payer)s is billed %(amount)s by %(party)s, %(due)s") % {
        "code": one.code,
        "payer": names[one.payer],
        "party": names[one.party],
        "amount": Money(one.amount_fen).short,
        "due": _due_in_words(one.due),
    }
    return sentence + (_("; ") + _ladder_in_words(one.refund) if one.refund else "")


def _due_in_words(due: BillDue) -> str:
    if due.when is BillWhen.MONTH:
        return _("due on day %(n)s of each month") % {"n": due.days}
    if due.when is BillWhen.DAY:
        return _("due on %(day)s") % {"day": due.on.isoformat() if due.on else ""}
    if due.when is BillWhen.CALL:
        return _("due %(n)s days after it is called for") % {"n": due.days}
    return _("due %(n)s days after the first day") % {"n": due.days}


def _ladder_in_words(ladder: RefundLadder) -> str:
    bands = [
        _("%(refund)s comes back from %(reached)s of it on")
        % {"refund": Rate(band.refund_bp), "reached": Rate(band.from_bp)}
        for band in ladder.bands
    ]
    sentence = _("by a target of %(target)s settled net turnover in %(days)s days: %(bands)s")
    return sentence % {
        "target": Money(ladder.target_fen).short,
        "days": ladder.days,
        "bands": _(", ").join(bands),
    }
