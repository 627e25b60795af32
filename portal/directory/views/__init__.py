from portal.directory.views.directory import (
    directory_compare,
    directory_detail,
    directory_list,
)
from portal.directory.views.searches import (
    search_deletion,
    search_detail,
    search_list,
    search_look,
    search_notices,
    search_silence,
)
from portal.directory.views.shortlist import shortlist, shortlist_entry, shortlist_note

__all__ = [
    "directory_compare",
    "directory_detail",
    "directory_list",
    "search_deletion",
    "search_detail",
    "search_list",
    "search_look",
    "search_notices",
    "search_silence",
    "shortlist",
    "shortlist_entry",
    "shortlist_note",
]
