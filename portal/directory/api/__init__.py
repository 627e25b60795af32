from portal.directory.api.directory import (
    DirectoryView,
    ListedSerializer,
)
from portal.directory.api.profiles import (
    ProfileView,
    WholeProfileSerializer,
)
from portal.directory.api.searches import (
    SavedSearchViewSet,
)
from portal.directory.api.shortlist import (
    ShortlistViewSet,
)

__all__ = [
    "DirectoryView",
    "ListedSerializer",
    "ProfileView",
    "SavedSearchViewSet",
    "ShortlistViewSet",
    "WholeProfileSerializer",
]
