from portal.invoicing.admin import tables

__all__ = ["tables"]
