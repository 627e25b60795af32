from portal.rewards.selectors.previewing import preview_path
from portal.rewards.selectors.verification import Check, verification

__all__ = ["Check", "preview_path", "verification"]
