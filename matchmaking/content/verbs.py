"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "order_content": _("asked for a quote"),
        "quote_content": _("quoted"),
        "decline_content": _("declined the order"),
        "withdraw_content": _("took the order back"),
        "expire_content": _("closed an order nobody answered"),
        "accept_quote": _("accepted the quote"),
        "show_piece": _("showed the piece"),
        "ask_revision": _("asked for a revision"),
        "approve_piece": _("approved the piece"),
        "take_piece_as_approved": _("took silence for approval"),
        "show_payment": _("showed the payment"),
        "confirm_payment": _("confirmed the payment"),
        "close_content": _("closed the order"),
        "break_off_content": _("broke the order off with its cooperation"),
        "return_payment": _("was told that the payment was not found"),
    },
)
