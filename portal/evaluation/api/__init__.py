from portal.evaluation.api.facts import (
    FactViewSet,
)
from portal.evaluation.api.methods import (
    MethodViewSet,
)
from portal.evaluation.api.snapshots import (
    SnapshotViewSet,
)

__all__ = [
    "FactViewSet",
    "MethodViewSet",
    "SnapshotViewSet",
]
