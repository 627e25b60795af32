from portal.activity.views.days import (
    activity_list,
    activity_report,
)
from portal.activity.views.figures import (
    distribution_report,
    figures_detail,
    figures_report,
)

__all__ = [
    "activity_list",
    "activity_report",
    "distribution_report",
    "figures_detail",
    "figures_report",
]
