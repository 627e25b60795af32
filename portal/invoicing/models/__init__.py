from portal.invoicing.models.ageing import AgedBalance, AgedBalanceQuerySet
from portal.invoicing.models.invoices import (
    Invoice,
    InvoiceDue,
    InvoiceDueQuerySet,
    InvoiceLine,
    InvoiceQuerySet,
)
from portal.invoicing.models.payees import TaxProfile, Title
from portal.invoicing.models.rates import TaxTable, TaxTableQuerySet
from portal.invoicing.models.vouchers import VoucherAccount, VoucherTemplate

__all__ = [
    "AgedBalance",
    "AgedBalanceQuerySet",
    "Invoice",
    "InvoiceDue",
    "InvoiceDueQuerySet",
    "InvoiceLine",
    "InvoiceQuerySet",
    "TaxProfile",
    "TaxTable",
    "TaxTableQuerySet",
    "Title",
    "VoucherAccount",
    "VoucherTemplate",
]
