from portal.evaluation.forms.appeals import (
    AppealForm,
)
from portal.evaluation.forms.facts import (
    CorrectionForm,
)
from portal.evaluation.forms.methods import (
    AnnouncementForm,
    MethodForm,
    WhyForm,
    initial_of_method,
    initial_of_next,
)
from portal.evaluation.forms.plans import (
    HandInForm,
    PlanForm,
    ReturnForm,
    initial_of_plan,
)
from portal.evaluation.forms.snapshots import (
    MethodTrialForm,
    SnapshotForm,
)
from portal.evaluation.forms.trials import (
    TrialForm,
)

__all__ = [
    "AnnouncementForm",
    "AppealForm",
    "CorrectionForm",
    "HandInForm",
    "MethodForm",
    "MethodTrialForm",
    "PlanForm",
    "ReturnForm",
    "SnapshotForm",
    "TrialForm",
    "WhyForm",
    "initial_of_method",
    "initial_of_next",
    "initial_of_plan",
]
