"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "propose_tax_table": _("proposed the table of tax"),
        "approve_tax_table": _("approved the table of tax"),
        "refuse_tax_table": _("refused the table of tax"),
        "confirm_tax_table": _("looked at the table's source again"),
        "say_tax_profile": _("said how it counts its tax"),
        "export_identity": _("took the identity and income out for the tax authority"),
        "raise_invoice_due": _("asked for the invoice"),
        "refund_invoice_due": _("noted what came back"),
        "remind_invoice_due": _("reminded of the invoice"),
        "hand_in_invoice": _("handed an invoice in"),
        "match_invoice": _("matched the invoice"),
        "accept_invoice": _("accepted the invoice in spite of differences"),
        "return_invoice": _("returned the invoice"),
    },
)
