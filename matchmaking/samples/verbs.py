"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "request_sample": _("asked for a sample"),
        "approve_sample": _("approved the sample"),
        "decline_sample": _("declined the sample"),
        "withdraw_sample": _("took the wish for a sample back"),
        "expire_sample": _("closed a wish nobody answered"),
        "ship_sample": _("sent the sample"),
        "receive_sample": _("received the sample"),
        "take_sample_as_received": _("took the sample as received"),
        "lose_sample": _("said that the sample is lost"),
        "sample_falls_due": _("noted that the post is due"),
        "sample_is_overdue": _("noted that the post is overdue"),
        "post_sample": _("showed the sample"),
        "waive_post": _("asked for no post after all"),
        "reveal_address": _("looked at the address"),
        "give_up_sample": _("gave the sample up"),
    },
)
