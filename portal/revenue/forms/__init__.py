from portal.revenue.forms.agreements import SubjectForm, TermsForm
from portal.revenue.forms.documents import is_editable

__all__ = ["SubjectForm", "TermsForm", "is_editable"]
