"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "give_prize": _("gave the prize"),
        "create_product": _("entered the product"),
        "update_product": _("changed the product"),
        "list_product": _("listed the product"),
        "pause_product": _("paused the product"),
        "withdraw_product": _("took the product off"),
        "grant_cart_permission": _("gave the creator the cart"),
        "end_cart_permission": _("took the cart from the creator"),
        "propose_deposit_move": _("asked for a move of the deposit"),
        "approve_deposit_move": _("approved the move of the deposit"),
        "refuse_deposit_move": _("refused the move of the deposit"),
        "withdraw_deposit_move": _("took the request for the deposit back"),
        "set_gate": _("set the gate"),
        "lift_gate": _("lifted the gate"),
        "add_product_picture": _("added a picture of the product"),
        "remove_product_picture": _("removed a picture of the product"),
        "add_certificate": _("added a certificate"),
        "remove_certificate": _("removed a certificate"),
        "open_plan": _("opened the commission plan"),
        "end_plan": _("ended the commission plan"),
    },
)
