"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "publish_announcement": _("published the announcement"),
        "change_announcement": _("changed the announcement"),
        "end_announcement": _("ended the announcement"),
        "make_chat_bot": _("added a chat bot"),
        "end_chat_bot": _("ended a chat bot"),
        "choose_notices": _("chose how to be told"),
        "unsubscribe_notices": _("ended mails by their link"),
    },
)
