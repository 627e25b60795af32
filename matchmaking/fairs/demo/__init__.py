"""The year's fairs, and what came of the meetings there."""

from matchmaking.fairs.demo.deals import follow_up_fairs
from matchmaking.fairs.demo.fairs import FAIRS, SESSIONS, calendar, make_fairs
from matchmaking.fairs.demo.sizes import announce_sizes

__all__ = ["FAIRS", "SESSIONS", "announce_sizes", "calendar", "follow_up_fairs", "make_fairs"]
