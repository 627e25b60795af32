"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "make_webhook": _("made a webhook"),
        "change_webhook": _("changed the webhook"),
        "rotate_webhook_secret": _("changed the webhook's secret"),
        "pause_webhook": _("paused the webhook"),
        "resume_webhook": _("put the webhook to use again"),
        "end_webhook": _("ended the webhook"),
        "test_webhook": _("tested the webhook"),
        "replay_webhook": _("sent an event again"),
    },
)
