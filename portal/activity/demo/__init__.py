"""The demo's daily feeds and figures, through the services like everybody's."""

from portal.activity.demo.feeds import (
    BEGAN_WITH,
    DAYS,
    make_feed,
)
from portal.activity.demo.figures import (
    make_cast_figures,
    make_figures,
)

__all__ = [
    "BEGAN_WITH",
    "DAYS",
    "make_cast_figures",
    "make_feed",
    "make_figures",
]
