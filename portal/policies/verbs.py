"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "save_document_draft": _("wrote a draft of the document"),
        "publish_document": _("published the document"),
        "give_consent": _("agreed to the document"),
        "withdraw_consent": _("withdrew the consent"),
    },
)
