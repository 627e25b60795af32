"""Invoices and taxes of two parties that become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.invoicing.models import AgedBalance, InvoiceDue, TaxProfile
from portal.parties.merges import goes, moves, register_clash, stays
from portal.parties.models import Party

moves(InvoiceDue, "issuer", "recipient")
stays(TaxProfile, "party")  # what that company said of itself
goes(AgedBalance, "party")


@register_clash
def has_no_invoice_between(survivor: Party, absorbed: Party) -> Verdict:
    """Nobody invoices themselves."""
    there = InvoiceDue.objects.filter(issuer=survivor, recipient=absorbed)
    if there.exists() or InvoiceDue.objects.filter(issuer=absorbed, recipient=survivor).exists():
        return conflict(_("The two have invoices due to each other."))
    return ALLOWED
