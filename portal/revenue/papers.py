"""A version of an agreement as a PDF that says its hash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.documents import qr_drawing, render_pdf
from portal.core.money import Money
from portal.revenue.forms.agreements import SHOWN_FEN
from portal.revenue.models import AgreementVersion
from portal.revenue.selectors import kinds_of, names_of, preview_of
from portal.revenue.states import CODE_LENGTH


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
        "bills_title": _("Billed by date"),
        "bills": list(shown.bills),
        "accepted_title": _("Accepted by"),
        "accepted": [
            f"{agreement.party_of(one.side).legal_name} · {_moment(one.at)}"
            for one in version.acceptances.order_by("at")
        ],
        "document_title": _("The document, as it is computed"),
        "document": version.document,
        "hash": version.sha256,
        "code": version.sha256[:CODE_LENGTH],
        "drawing": qr_drawing(_address(version)),
        "last_title": _("Check and seal"),
        "last_note": _(
            "Whoever holds this paper can check it: open the address in the code and compare. "
            "Stamp here where a seal is asked for, and hand in the scan with the code above."
        ),
        "seals": [agreement.party_of(side).legal_name for side in _sealed_by(version)],
    }


def _sealed_by(version: AgreementVersion) -> Sequence[str]:
    return version.terms.seal.by if version.terms.seal else ()


def _address(version: AgreementVersion) -> str:
    return f"{settings.SITE_URL}{reverse('paper_check')}?digest={version.sha256}"


def _moment(at: Any) -> str:
    return date_format(at.astimezone(clock.SHANGHAI), "Y-m-d H:i")
