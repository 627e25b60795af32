from portal.activity.services.days import (
    record_days,
)
from portal.activity.services.figures import (
    record_distributions,
    record_figures,
)

__all__ = [
    "record_days",
    "record_distributions",
    "record_figures",
]
