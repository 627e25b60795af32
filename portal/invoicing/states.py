"""Who is paid, which invoices are due, and how far each is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PayeeKind(models.TextChoices):
    COMPANY = "company", _("Company")
    SOLE_TRADER = "trader", _("Sole trader")
    PERSON = "person", _("Natural person")


class Taxpayer(models.TextChoices):
    """How value-added tax is counted."""

    GENERAL = "general", _("General taxpayer")
    SMALL = "small", _("Small-scale taxpayer")


INVOICING = (PayeeKind.COMPANY, PayeeKind.SOLE_TRADER)  # tax is withheld from the others


class TaxKind(models.TextChoices):
    """Tables with the day each begins."""

    VAT_GENERAL = "vat_general", _("VAT of general taxpayers, on services")
    VAT_SMALL = "vat_small", _("VAT of small-scale taxpayers")
    VAT_PERSON = "vat_person", _("VAT of natural persons")
    LABOUR = "labour", _("Withholding from natural persons' pay")
    INVOICE_DAYS = "invoice_days", _("Days to issue an invoice after it is asked for")


VAT_OF = {Taxpayer.GENERAL: TaxKind.VAT_GENERAL, Taxpayer.SMALL: TaxKind.VAT_SMALL}


class DueStatus(models.TextChoices):
    """Of an invoice that is due; which it is follows from its sums."""

    ASKED = "asked", _("Invoice due")
    RED = "red", _("Red-letter invoice due")
    MATCHED = "matched", pgettext_lazy("invoice", "Complete")
    VOID = "void", _("Nothing to invoice")


D = DueStatus
DUE_TRANSITIONS: dict[str, frozenset[str]] = {
    D.ASKED: frozenset({D.MATCHED, D.VOID, D.RED}),
    D.MATCHED: frozenset({D.RED, D.VOID}),
    D.RED: frozenset({D.MATCHED, D.VOID}),
    D.VOID: frozenset(),
}
WAITING = (D.ASKED, D.RED)
TONES = {D.ASKED: "info", D.RED: "warn", D.MATCHED: "ok", D.VOID: ""}


class InvoiceStatus(models.TextChoices):
    RECEIVED = "received", _("Received, does not fit")
    MATCHED = "matched", _("Matched")
    RETURNED = "returned", _("Returned")


I = InvoiceStatus  # noqa: E741 - as the letters above
INVOICE_TRANSITIONS: dict[str, frozenset[str]] = {
    I.RECEIVED: frozenset({I.MATCHED, I.RETURNED}),
    I.MATCHED: frozenset(),
    I.RETURNED: frozenset(),
}
INVOICE_TONES = {I.RECEIVED: "warn", I.MATCHED: "ok", I.RETURNED: "bad"}

PURPOSE = "invoice-xml"  # of uploads
