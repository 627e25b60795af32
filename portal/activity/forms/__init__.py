from portal.activity.forms.days import (
    DayForm,
)
from portal.activity.forms.figures import (
    DistributionForm,
    FiguresForm,
)

__all__ = [
    "DayForm",
    "DistributionForm",
    "FiguresForm",
]
