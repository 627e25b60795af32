from portal.invoicing.forms.invoices import DecisionForm, HandInForm, TaxProfileForm
from portal.invoicing.forms.tables import TaxTableForm

__all__ = ["DecisionForm", "HandInForm", "TaxProfileForm", "TaxTableForm"]
