"""The demo's tasks: four seasons with their pools, claims in every state, coupons used and expired,
and a fifth season that is being written."""

from portal.rewards.demo.lives import make_season, tell_facts
from portal.rewards.demo.seasons import BACK, make_kinds, write_next

__all__ = ["BACK", "make_kinds", "make_season", "tell_facts", "write_next"]
