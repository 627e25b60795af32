from portal.revenue.selectors.agreements import agreements_of, proposable_parties, version_for
from portal.revenue.selectors.previews import ShownLeg, ShownPreview, kinds_of, names_of, preview_of

__all__ = [
    "ShownLeg",
    "ShownPreview",
    "agreements_of",
    "kinds_of",
    "names_of",
    "preview_of",
    "proposable_parties",
    "version_for",
]
