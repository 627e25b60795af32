"""The demo's needs, from draft to award, and what the people of the guide made of theirs."""

from matchmaking.needs.demo.cast import make_cast_need
from matchmaking.needs.demo.history import Story, make_needs, stories
from matchmaking.needs.demo.results import reckon_results
from matchmaking.needs.demo.showings import SHOWN_DAYS, make_showings
from matchmaking.needs.demo.working import make_cast_work

__all__ = [
    "SHOWN_DAYS",
    "Story",
    "make_cast_need",
    "make_cast_work",
    "make_needs",
    "make_showings",
    "reckon_results",
    "stories",
]
