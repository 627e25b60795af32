from portal.revenue.forms.agreements import SubjectForm, TermsForm
from portal.revenue.forms.bills import InvoiceForm, MatchForm, NoteForm, ProofForm, SealForm
from portal.revenue.forms.documents import is_editable
from portal.revenue.forms.signing import PowerForm

__all__ = [
    "InvoiceForm",
    "MatchForm",
    "NoteForm",
    "PowerForm",
    "ProofForm",
    "SealForm",
    "SubjectForm",
    "TermsForm",
    "is_editable",
]
