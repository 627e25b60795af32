"""A version of an agreement as a PDF that says its hash."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.documents import render_pdf
from portal.core.money import Money
from portal.revenue.forms.agreements import SHOWN_FEN
from portal.revenue.models import AgreementVersion
from portal.revenue.selectors import kinds_of, names_of, preview_of


def render_paper(version: AgreementVersion) -> bytes:
    return render_pdf("revenue/agreement.typ", paper_data(version))


def paper_data(version: AgreementVersion) -> dict[str, Any]:
    """Plain values in the reader's language; the same version gives the same bytes."""
    agreement = version.agreement
    payer, payee = agreement.payer, agreement.payee
    shown = preview_of(
        version.terms,
        SHOWN_FEN,
        names_of(payer.name, payee.name),
        kinds_of(payer.kind, payee.kind),
    )
    last = version.last_day.isoformat() if version.last_day else _("open end")
    return {
        "lang": (get_language() or "zh")[:2],
        "title": _("Agreement"),
        "foot": f"{agreement.pk} v{version.number}",
        "subject": agreement.subject,
        "facts": [
            [_("Payer"), payer.legal_name],
            [_("Payee"), payee.legal_name],
            [_("Version"), str(version.number)],
            [_("State"), str(version.get_status_display())],
            [_("First day"), version.starts_on.isoformat()],
            [_("Last day"), last],
        ],
        "example": _("An order of %(amount)s gives") % {"amount": Money(shown.gross)},
        "head": [_("Part of the order"), _("Goes to"), _("Amount"), _("How")],
        "legs": [[one.title, one.party, str(Money(one.amount)), one.formula] for one in shown.legs],
        "months_title": _("Once a month"),
        "months": list(shown.months),
        "accepted_title": _("Accepted by"),
        "accepted": [
            f"{agreement.party_of(one.side).legal_name} · {_moment(one.at)}"
            for one in version.acceptances.order_by("at")
        ],
        "document_title": _("The document, as it is computed"),
        "document": version.document,
        "hash": version.sha256,
    }


def _moment(at: Any) -> str:
    return date_format(at.astimezone(clock.SHANGHAI), "Y-m-d H:i")
