"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "save_search": _("saved a search"),
        "delete_search": _("deleted a saved search"),
        "tell_of_search": _("told of newcomers in a saved search"),
        "add_shortlist_entry": _("put the party on the shortlist"),
        "note_shortlist_entry": _("wrote a note on the shortlist"),
        "remove_shortlist_entry": _("took the party off the shortlist"),
    },
)
