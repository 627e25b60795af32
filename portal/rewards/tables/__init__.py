"""Lists of tasks, claims, coupons and pools that sort, filter and export."""

from portal.rewards.tables.claims import CLAIMS, OWN_CLAIMS
from portal.rewards.tables.coupons import OWN_COUPONS
from portal.rewards.tables.pools import POOL_STORY
from portal.rewards.tables.tasks import TASKS

__all__ = ["CLAIMS", "OWN_CLAIMS", "OWN_COUPONS", "POOL_STORY", "TASKS"]
