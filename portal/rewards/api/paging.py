"""Pages of rows whose keys have no order."""

from portal.core.api.pagination import NewestFirst


class ByClaim(NewestFirst):
    ordering = "-claimed_at"


class ByFiling(NewestFirst):
    ordering = "-filed_at"


class ByGrant(NewestFirst):
    ordering = "-granted_at"
