from portal.invoicing.api.books import AgeingView, VouchersView

__all__ = ["AgeingView", "VouchersView"]
