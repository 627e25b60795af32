from portal.activity.models.days import (
    ActivityDay,
)
from portal.activity.models.figures import (
    Distribution,
    Figures,
)

__all__ = [
    "ActivityDay",
    "Distribution",
    "Figures",
]
