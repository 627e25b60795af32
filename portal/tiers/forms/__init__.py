from portal.tiers.forms.applications import AnswerForm, AppealForm, ApplicationForm, DecisionForm
from portal.tiers.forms.ruleset import RulesForm, initial_of_rules
from portal.tiers.forms.windows import WindowForm, initial_of_window

__all__ = [
    "AnswerForm",
    "AppealForm",
    "ApplicationForm",
    "DecisionForm",
    "RulesForm",
    "WindowForm",
    "initial_of_rules",
    "initial_of_window",
]
