from portal.activity.selectors.agencies import (
    RosterFigures,
    roster_figures,
)
from portal.activity.selectors.creators import (
    Condition,
    Eligibility,
    creator_profile,
    delivery_of,
    eligibility_of,
)
from portal.activity.selectors.days import (
    Feed,
    feed_of,
    selling_days,
    selling_days_of,
)
from portal.activity.selectors.figures import (
    Figure,
    Known,
    Spread,
    figures_of,
    spreads_of,
)

__all__ = [
    "Condition",
    "Eligibility",
    "Feed",
    "Figure",
    "Known",
    "RosterFigures",
    "Spread",
    "creator_profile",
    "delivery_of",
    "eligibility_of",
    "feed_of",
    "figures_of",
    "roster_figures",
    "selling_days",
    "selling_days_of",
    "spreads_of",
]
