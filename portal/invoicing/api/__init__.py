from portal.invoicing.api.books import AgeingView, VouchersView
from portal.invoicing.api.invoices import InvoiceDueViewSet, InvoiceViewSet

__all__ = ["AgeingView", "InvoiceDueViewSet", "InvoiceViewSet", "VouchersView"]
