"""What people fill in while they work together."""

from matchmaking.cooperation.forms.amendments import AmendmentForm, CooperationForm
from matchmaking.cooperation.forms.disputes import (
    AppealForm,
    DecisionForm,
    DisputeForm,
    StatementForm,
)
from matchmaking.cooperation.forms.life import (
    DoneForm,
    EndingForm,
    ObligationForm,
    PauseForm,
    ReturnForm,
)
from matchmaking.cooperation.forms.papers import DigestForm
from matchmaking.cooperation.forms.prices import FORM_NAMES, LadderForm, initial_of_ladder
from matchmaking.cooperation.forms.reviews import AnswerForm, ReviewForm
from matchmaking.cooperation.forms.templates import TemplateForm, initial_of_agreement

__all__ = [
    "FORM_NAMES",
    "AmendmentForm",
    "AnswerForm",
    "AppealForm",
    "CooperationForm",
    "DecisionForm",
    "DigestForm",
    "DisputeForm",
    "DoneForm",
    "EndingForm",
    "LadderForm",
    "ObligationForm",
    "PauseForm",
    "ReturnForm",
    "ReviewForm",
    "StatementForm",
    "TemplateForm",
    "initial_of_agreement",
    "initial_of_ladder",
]
