from portal.invoicing.forms.tables import TaxTableForm

__all__ = ["TaxTableForm"]
