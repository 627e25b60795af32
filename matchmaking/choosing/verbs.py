"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "write_confidential": _("wrote the confidential part"),
        "open_confidential": _("promised to keep the confidential part"),
        "give_opinion": _("said an opinion"),
    },
)
