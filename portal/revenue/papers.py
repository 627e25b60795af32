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
from portal.revenue.clauses import clauses_of
from portal.revenue.forms.agreements import SHOWN_FEN
from portal.revenue.models import AgreementVersion
from portal.revenue.selectors import ShownPreview, kinds_of, names_of, preview_of
from portal.revenue.states import CODE_LENGTH, Side


def render_paper(version: AgreementVersion) -> bytes:
    return render_pdf("revenue/agreement.typ", paper_data(version))


def paper_data(version: AgreementVersion) -> dict[str, Any]:
    """Plain values in the reader's language; the same version gives the same bytes."""
    agreement = version.agreement
    payee = agreement.payee
    shown = preview_of(
        version.terms,
        SHOWN_FEN,
        names_of(agreement.payer_name, payee.name),
        kinds_of(agreement.payer_kind, payee.kind),
    )
    last = version.last_day.isoformat() if version.last_day else _("open end")
    return {
        "lang": (get_language() or "zh")[:2],
        "title": _("Agreement"),
        "foot": f"{agreement.pk} v{version.number}",
        "subject": agreement.subject,
        "facts": [
            [_("Payer"), agreement.legal_name_of(Side.PAYER)],
            [_("Payee"), payee.legal_name],
            [_("Version"), str(version.number)],
            [_("State"), str(version.get_status_display())],
            [_("First day"), version.starts_on.isoformat()],
            [_("Last day"), last],
            *([label, value] for label, value in clauses_of(version)),
        ],
        "example": _("An order of %(amount)s gives") % {"amount": Money(shown.gross)},
        "head": [_("Part of the order"), _("Goes to"), _("Amount"), _("How")],
        "legs": [] if agreement.is_with_platform else _legs(shown),
        "months_title": _("Once a month"),
        "months": list(shown.months),
        "bills_title": _("Billed by date"),
        "bills": list(shown.bills),
        "accepted_title": _("Accepted by"),
        "accepted": [
            f"{agreement.legal_name_of(one.side)} · {_moment(one.at)}"
            for one in version.acceptances.order_by("at")
        ],
        "document_title": _("The document, as it is computed"),
        "document": _document(version),
        "hash": version.sha256,
        "code": version.sha256[:CODE_LENGTH],
        "drawing": qr_drawing(_address(version)),
        "last_title": _("Check and seal"),
        "last_note": _(
            "Whoever holds this paper can check it: open the address in the code and compare. "
            "Stamp here where a seal is asked for, and hand in the scan with the code above."
        ),
        "seals": [agreement.legal_name_of(side) for side in _sealed_by(version)],
    }


def _document(version: AgreementVersion) -> str:
    """What the hash is of, where nothing else prints the clauses."""
    return version.document + version.clauses * version.agreement.is_with_platform


def _legs(shown: ShownPreview) -> list[list[str]]:
    return [[one.title, one.party, str(Money(one.amount)), one.formula] for one in shown.legs]


def _sealed_by(version: AgreementVersion) -> Sequence[str]:
    return version.terms.seal.by if version.terms.seal else ()


def _address(version: AgreementVersion) -> str:
    return f"{settings.SITE_URL}{reverse('paper_check')}?digest={version.sha256}"


def _moment(at: Any) -> str:
    return date_format(at.astimezone(clock.SHANGHAI), "Y-m-d H:i")
