from portal.revenue.selectors.agreements import agreements_of, proposable_parties, version_for
from portal.revenue.selectors.orders import (
    completeness,
    events_of,
    made_of,
    preview_of_line,
)
from portal.revenue.selectors.previews import ShownLeg, ShownPreview, kinds_of, names_of, preview_of

__all__ = [
    "ShownLeg",
    "ShownPreview",
    "agreements_of",
    "completeness",
    "events_of",
    "kinds_of",
    "made_of",
    "names_of",
    "preview_of",
    "preview_of_line",
    "proposable_parties",
    "version_for",
]
