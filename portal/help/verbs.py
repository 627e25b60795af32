"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "ask_help": _("asked"),
        "reply_ticket": _("wrote more"),
        "answer_ticket": _("answered the question"),
        "note_ticket": _("wrote a note"),
        "assign_ticket": _("gave the question to somebody"),
        "set_ticket_priority": _("changed the priority"),
        "resolve_ticket": _("resolved the question"),
        "close_ticket": _("closed the question"),
        "rate_ticket": _("rated the answer"),
    },
)
