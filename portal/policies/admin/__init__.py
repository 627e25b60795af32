"""Documents are written here; rules are proposed by one person and approved by another."""

from portal.policies.admin import documents, rules

__all__ = ["documents", "rules"]
