from matchmaking.needs.forms.needs import (
    DaysForm,
    ExtensionForm,
    NeedForm,
    PriorityField,
    days_ahead,
    initial_dates,
    initial_of_copy,
    initial_of_draft,
    initial_of_need,
    initial_of_template,
    initial_of_values,
    typed_values,
)
from matchmaking.needs.forms.proposals import (
    ProposalForm,
    ReasonForm,
    initial_of_proposal,
)
from matchmaking.needs.forms.questions import (
    AnswerForm,
    QuestionForm,
)

__all__ = [
    "AnswerForm",
    "DaysForm",
    "ExtensionForm",
    "NeedForm",
    "PriorityField",
    "ProposalForm",
    "QuestionForm",
    "ReasonForm",
    "days_ahead",
    "initial_dates",
    "initial_of_copy",
    "initial_of_draft",
    "initial_of_need",
    "initial_of_proposal",
    "initial_of_template",
    "initial_of_values",
    "typed_values",
]
