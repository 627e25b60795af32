"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "rewrite_checkpoints": _("wrote the checkpoints anew"),
        "close_period": _("closed the month"),
    },
)
