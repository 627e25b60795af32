from portal.tiers.admin import answers, quarters, ruleset, windows

__all__ = ["answers", "quarters", "ruleset", "windows"]
