"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "create_round": _("wrote the round"),
        "update_round": _("changed the draft of the round"),
        "publish_round": _("published the round"),
        "close_round": _("closed the round"),
        "cancel_round": _("cancelled the round"),
        "apply_to_round": _("applied"),
        "apply_again": _("applied again"),
        "withdraw_application": _("withdrew the application"),
        "support_application": _("gave the applicant to somebody"),
        "talk_to_applicant": _("began a talk"),
        "accept_application": _("accepted the application"),
        "refuse_application": _("did not accept the application"),
    },
)
