from portal.evaluation.api.appeals import (
    RatingAppealViewSet,
)
from portal.evaluation.api.deciding import (
    FiledAppealViewSet,
)
from portal.evaluation.api.facts import (
    FactViewSet,
)
from portal.evaluation.api.methods import (
    MethodViewSet,
)
from portal.evaluation.api.plans import (
    PlanViewSet,
)
from portal.evaluation.api.ratings import (
    RatingViewSet,
)
from portal.evaluation.api.snapshots import (
    SnapshotViewSet,
)

__all__ = [
    "FactViewSet",
    "FiledAppealViewSet",
    "MethodViewSet",
    "PlanViewSet",
    "RatingAppealViewSet",
    "RatingViewSet",
    "SnapshotViewSet",
]
