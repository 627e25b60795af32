"""The XML of invoices: both sides read it, and the platform's finance what it was sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.invoicing.engine.einvoice import MOST_BYTES
from portal.invoicing.models import Invoice
from portal.invoicing.states import PURPOSE


def may_read_invoice(actor: Actor, file: StoredFile) -> Verdict:
    """Before it is handed in, its uploader alone."""
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    if Invoice.objects.visible_to(actor).filter(file=file).exists():
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(PURPOSE, kinds=("xml",), max_bytes=MOST_BYTES, may_read=may_read_invoice)
