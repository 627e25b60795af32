"""What the pages, papers and the API of cooperations show."""

from matchmaking.cooperation.selectors.cooperations import (
    MOST_REVIEWS,
    Duty,
    duties_of,
    nameable_products,
    open_amendment,
    products_named,
    reviews_of,
    standing_of,
    whole_cooperations,
)
from matchmaking.cooperation.selectors.figures import Standing, standing_figures
from matchmaking.cooperation.selectors.papers import PaperFacts, facts_of_paper, paper_of
from matchmaking.cooperation.selectors.payments import (
    bills_of_cooperation,
    paid_bill_of,
    settled_line_of,
)
from matchmaking.cooperation.selectors.returns import (
    DoorReturn,
    Returns,
    SourceReturn,
    returns_of,
    returns_of_all,
)
from matchmaking.cooperation.selectors.terms import Change, changes_between, price_in_words
from matchmaking.cooperation.selectors.versions import AgreedVersion, versions_of

__all__ = [
    "MOST_REVIEWS",
    "AgreedVersion",
    "Change",
    "DoorReturn",
    "Duty",
    "PaperFacts",
    "Returns",
    "SourceReturn",
    "Standing",
    "bills_of_cooperation",
    "changes_between",
    "duties_of",
    "facts_of_paper",
    "nameable_products",
    "open_amendment",
    "paid_bill_of",
    "paper_of",
    "price_in_words",
    "products_named",
    "returns_of",
    "returns_of_all",
    "reviews_of",
    "settled_line_of",
    "standing_figures",
    "standing_of",
    "versions_of",
    "whole_cooperations",
]
