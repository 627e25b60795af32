from portal.revenue.selectors.agreements import (
    agreements_of,
    ceilings_today,
    proposable_parties,
    unsealed_sides,
)
from portal.revenue.selectors.attribution import (
    LineFigures,
    figures_at,
    figures_by_agreement,
    held_by,
    lines_of_agreement,
    returned_share_of,
    settled_share_of,
)
from portal.revenue.selectors.bills import bills_of, callable_of, coming_of, steps_of
from portal.revenue.selectors.checking import CheckedPaper, paper_with
from portal.revenue.selectors.feeds import feeds_seen_by, headers_by_column, named_columns
from portal.revenue.selectors.orders import (
    completeness,
    events_of,
    lines_read_by,
    made_of,
    preview_of_line,
)
from portal.revenue.selectors.previews import ShownLeg, ShownPreview, kinds_of, names_of, preview_of
from portal.revenue.selectors.sales import ProductSales, net_by_month, settled_by_product
from portal.revenue.selectors.signing import owners_of, powers_of
from portal.revenue.selectors.turnovers import (
    ChannelYear,
    SoldMonth,
    SoldYear,
    sold_by_channel,
    sold_year,
)

__all__ = [
    "ChannelYear",
    "CheckedPaper",
    "LineFigures",
    "ProductSales",
    "ShownLeg",
    "ShownPreview",
    "SoldMonth",
    "SoldYear",
    "agreements_of",
    "bills_of",
    "callable_of",
    "ceilings_today",
    "coming_of",
    "completeness",
    "events_of",
    "feeds_seen_by",
    "figures_at",
    "figures_by_agreement",
    "headers_by_column",
    "held_by",
    "kinds_of",
    "lines_of_agreement",
    "lines_read_by",
    "made_of",
    "named_columns",
    "names_of",
    "net_by_month",
    "owners_of",
    "paper_with",
    "powers_of",
    "preview_of",
    "preview_of_line",
    "proposable_parties",
    "returned_share_of",
    "settled_by_product",
    "settled_share_of",
    "sold_by_channel",
    "sold_year",
    "steps_of",
    "unsealed_sides",
]
