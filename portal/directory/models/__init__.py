from portal.directory.models.searches import SavedSearch
from portal.directory.models.shortlist import ShortlistEntry

__all__ = ["SavedSearch", "ShortlistEntry"]
