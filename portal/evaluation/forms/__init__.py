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
    SnapshotForm,
    TrialForm,
)

__all__ = [
    "AnnouncementForm",
    "CorrectionForm",
    "MethodForm",
    "SnapshotForm",
    "TrialForm",
    "WhyForm",
    "initial_of_method",
    "initial_of_next",
]
