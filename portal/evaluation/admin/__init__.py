from portal.evaluation.admin import (
    facts,
)
from portal.evaluation.admin.methods import (
    MethodAdmin,
)
from portal.evaluation.admin.snapshots import (
    SnapshotAdmin,
)

__all__ = [
    "MethodAdmin",
    "SnapshotAdmin",
    "facts",
]
