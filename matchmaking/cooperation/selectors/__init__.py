"""What the pages, papers and the API of cooperations show."""

from matchmaking.cooperation.selectors.cooperations import (
    MOST_REVIEWS,
    Duty,
    duties_of,
    open_amendment,
    reviews_of,
    standing_of,
    whole_cooperations,
)
from matchmaking.cooperation.selectors.papers import PaperFacts, facts_of_paper, paper_of
from matchmaking.cooperation.selectors.terms import Change, changes_between, price_in_words
from matchmaking.cooperation.selectors.versions import AgreedVersion, versions_of

__all__ = [
    "MOST_REVIEWS",
    "AgreedVersion",
    "Change",
    "Duty",
    "PaperFacts",
    "changes_between",
    "duties_of",
    "facts_of_paper",
    "open_amendment",
    "paper_of",
    "price_in_words",
    "reviews_of",
    "standing_of",
    "versions_of",
    "whole_cooperations",
]
