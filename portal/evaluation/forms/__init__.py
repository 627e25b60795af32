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
from portal.evaluation.forms.snapshots import (
    MethodTrialForm,
    SnapshotForm,
)

__all__ = [
    "AnnouncementForm",
    "CorrectionForm",
    "MethodForm",
    "MethodTrialForm",
    "SnapshotForm",
    "WhyForm",
    "initial_of_method",
    "initial_of_next",
]
