from portal.directory.services.searches import (
    delete_search,
    look_at_search,
    save_search,
    silence_searches,
    tell_newcomers,
    tell_of_search,
)
from portal.directory.services.shortlist import (
    add_shortlist_entry,
    forget_removed_entries,
    note_shortlist_entry,
    remove_shortlist_entry,
)

__all__ = [
    "add_shortlist_entry",
    "delete_search",
    "forget_removed_entries",
    "look_at_search",
    "note_shortlist_entry",
    "remove_shortlist_entry",
    "save_search",
    "silence_searches",
    "tell_newcomers",
    "tell_of_search",
]
