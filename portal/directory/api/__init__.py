from portal.directory.api.directory import DirectoryView, ListedSerializer
from portal.directory.api.searches import SavedSearchViewSet
from portal.directory.api.shortlist import ShortlistViewSet

__all__ = ["DirectoryView", "ListedSerializer", "SavedSearchViewSet", "ShortlistViewSet"]
