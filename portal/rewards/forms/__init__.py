"""The shape of what is typed about tasks and claims."""

from portal.rewards.forms.claims import (
    FAIL,
    GRANT,
    PASS,
    UPHOLD,
    AppealAnswerForm,
    AppealForm,
    RevocationForm,
    SubmissionForm,
    VerdictForm,
)
from portal.rewards.forms.tasks import (
    CashBudgetForm,
    CloneForm,
    DecisionForm,
    PointsBudgetForm,
    ReasonForm,
    SeasonForm,
    TaskForm,
)

__all__ = [
    "FAIL",
    "GRANT",
    "PASS",
    "UPHOLD",
    "AppealAnswerForm",
    "AppealForm",
    "CashBudgetForm",
    "CloneForm",
    "DecisionForm",
    "PointsBudgetForm",
    "ReasonForm",
    "RevocationForm",
    "SeasonForm",
    "SubmissionForm",
    "TaskForm",
    "VerdictForm",
]
