"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "ask_introduction": _("asked for the introduction"),
        "withdraw_introduction": _("withdrew the wish"),
        "answer_introduction": _("answered the offer"),
        "take_introduction": _("took the introduction on"),
        "offer_introduction": _("put it to the creator"),
        "refuse_introduction": _("refused the introduction"),
        "sign_introduction": _("kept the contract"),
        "end_introduction": _("wrote down the outcome"),
        "nudge_need": _("reminded the merchant"),
        "represent_creator": _("began to represent the creator"),
        "end_representation": _("ended the representation of the creator"),
    },
)
