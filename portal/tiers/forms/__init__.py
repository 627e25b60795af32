from portal.tiers.forms.applications import (
    AnswerForm,
    AppealForm,
    ApplicationForm,
    DecisionForm,
)
from portal.tiers.forms.certification import (
    ApplyingForm,
    CheckForm,
    MarkEndForm,
    MethodForm,
    ObjectionAnswerForm,
    ObjectionForm,
    PaperForm,
    ReviewForm,
    RoundForm,
    initial_of_round,
)
from portal.tiers.forms.frameworks import (
    ClosingForm,
    FrameworkForm,
    MeetingDayForm,
    MinutesForm,
    OutcomeForm,
    initial_of_change,
    initial_of_framework,
)
from portal.tiers.forms.ruleset import (
    RulesForm,
    initial_of_rules,
)
from portal.tiers.forms.windows import (
    WindowForm,
    initial_of_window,
)

__all__ = [
    "AnswerForm",
    "AppealForm",
    "ApplicationForm",
    "ApplyingForm",
    "CheckForm",
    "ClosingForm",
    "DecisionForm",
    "FrameworkForm",
    "MarkEndForm",
    "MeetingDayForm",
    "MethodForm",
    "MinutesForm",
    "ObjectionAnswerForm",
    "ObjectionForm",
    "OutcomeForm",
    "PaperForm",
    "ReviewForm",
    "RoundForm",
    "RulesForm",
    "WindowForm",
    "initial_of_change",
    "initial_of_framework",
    "initial_of_round",
    "initial_of_rules",
    "initial_of_window",
]
