from portal.evaluation.admin import (
    facts,
)
from portal.evaluation.admin.appeals import (
    AppealAdmin,
)
from portal.evaluation.admin.methods import (
    MethodAdmin,
)
from portal.evaluation.admin.plans import (
    PlanAdmin,
)
from portal.evaluation.admin.remedies import (
    RemedyAdmin,
)
from portal.evaluation.admin.snapshots import (
    SnapshotAdmin,
)

__all__ = [
    "AppealAdmin",
    "MethodAdmin",
    "PlanAdmin",
    "RemedyAdmin",
    "SnapshotAdmin",
    "facts",
]
