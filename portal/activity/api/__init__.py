from portal.activity.api.days import (
    ActivityView,
)
from portal.activity.api.figures import (
    DistributionsView,
    FiguresView,
)

__all__ = [
    "ActivityView",
    "DistributionsView",
    "FiguresView",
]
