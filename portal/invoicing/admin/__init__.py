from portal.invoicing.admin import invoices, tables

__all__ = ["invoices", "tables"]
