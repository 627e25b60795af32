"""The demo's tasks: four seasons with their pools, claims in every state, coupons used and expired,
and a fifth season that is being written."""

from portal.rewards.demo.lives import make_season, tell_facts
from portal.rewards.demo.seasons import make_kinds, seasons_back, write_next

__all__ = ["make_kinds", "make_season", "seasons_back", "tell_facts", "write_next"]
