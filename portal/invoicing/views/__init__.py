from portal.invoicing.views.books import (
    ageing_list,
    ageing_register,
    balance_register,
    identity_report,
    voucher_list,
)
from portal.invoicing.views.invoices import (
    invoice_acceptance,
    invoice_due_detail,
    invoice_list,
    invoice_register,
    invoice_return,
    tax_detail,
)

__all__ = [
    "ageing_list",
    "ageing_register",
    "balance_register",
    "identity_report",
    "invoice_acceptance",
    "invoice_due_detail",
    "invoice_list",
    "invoice_register",
    "invoice_return",
    "tax_detail",
    "voucher_list",
]
