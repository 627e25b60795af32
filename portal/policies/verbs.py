"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "save_document_draft": _("wrote a draft of the document"),
        "publish_document": _("published the document"),
        "give_consent": _("agreed to the document"),
        "withdraw_consent": _("withdrew the consent"),
        "propose_dated_rule": _("proposed the rule"),
        "approve_dated_rule": _("approved the rule"),
        "refuse_dated_rule": _("refused the rule"),
        "confirm_dated_rule": _("looked at the rule's source again"),
        "propose_fee": _("proposed the rate"),
        "approve_fee": _("approved the rate"),
        "refuse_fee": _("refused the rate"),
        "announce_fee": _("announced the rate"),
        "confirm_fee": _("looked at the rate's source again"),
    },
)
