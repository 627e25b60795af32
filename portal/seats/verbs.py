"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "open_occasion": _("opened the sign-up"),
        "change_occasion": _("changed the sign-up"),
        "close_occasion": _("closed the sign-up"),
        "begin_occasion": _("began it"),
        "end_occasion": _("ended it"),
        "open_pool": _("opened seats"),
        "resize_pool": _("changed how many seats there are"),
    },
)
