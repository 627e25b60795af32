from portal.tiers.admin import answers, frameworks, quarters, ruleset, windows

__all__ = ["answers", "frameworks", "quarters", "ruleset", "windows"]
