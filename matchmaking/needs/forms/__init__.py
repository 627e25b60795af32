from matchmaking.needs.forms.dates import FreeDaysForm, initial_of_free_times
from matchmaking.needs.forms.filters import (
    NeedFilterForm,
)
from matchmaking.needs.forms.messages import (
    MessageForm,
    ReportForm,
)
from matchmaking.needs.forms.needs import (
    DaysForm,
    ExtensionForm,
    NeedForm,
    PriorityField,
    days_ahead,
    initial_dates,
    initial_of_copy,
    initial_of_need,
    initial_of_template,
    initial_of_values,
)
from matchmaking.needs.forms.packages import (
    OrderForm,
    ServiceOfferForm,
    initial_of_service_offer,
)
from matchmaking.needs.forms.proposals import (
    OfferForm,
    ProposalForm,
    ReasonForm,
    TermsForm,
    initial_of_offer,
    initial_of_proposal,
)
from matchmaking.needs.forms.questions import (
    AnswerForm,
    QuestionForm,
)
from matchmaking.needs.forms.talks import (
    CallForm,
    NoteForm,
    TimesForm,
    chosen_time,
    earliest_time,
    initial_of_times,
)

__all__ = [
    "AnswerForm",
    "CallForm",
    "DaysForm",
    "ExtensionForm",
    "FreeDaysForm",
    "MessageForm",
    "NeedFilterForm",
    "NeedForm",
    "NoteForm",
    "OfferForm",
    "OrderForm",
    "PriorityField",
    "ProposalForm",
    "QuestionForm",
    "ReasonForm",
    "ReportForm",
    "ServiceOfferForm",
    "TermsForm",
    "TimesForm",
    "chosen_time",
    "days_ahead",
    "earliest_time",
    "initial_dates",
    "initial_of_copy",
    "initial_of_free_times",
    "initial_of_need",
    "initial_of_offer",
    "initial_of_proposal",
    "initial_of_service_offer",
    "initial_of_template",
    "initial_of_times",
    "initial_of_values",
]
