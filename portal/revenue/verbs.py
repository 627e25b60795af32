"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "open_agreement": _("opened the agreement"),
        "propose_version": _("proposed a version"),
        "counter_version": _("answered with other terms"),
        "accept_version": _("accepted the version"),
        "decline_version": _("declined the version"),
        "withdraw_version": _("took the version back"),
        "expire_version": _("ended a version nobody answered"),
        "seal_version": _("sealed the version"),
        "raise_bill": _("raised the bill"),
        "request_invoice": _("asked for the invoice"),
        "issue_invoice": _("issued the invoice"),
        "prove_payment": _("showed the payment"),
        "return_proof": _("returned the proof"),
        "match_bill": _("found the payment in the bank's rows"),
        "confirm_receipt": _("confirmed that it came"),
        "waive_bill": _("waived the bill"),
        "measure_bill": _("measured the target"),
        "tell_late_bill": _("told both sides that it is late"),
        "name_signer": _("named who signs for the party"),
        "end_power": _("took a power to sign back"),
        "import_bank_rows": _("brought rows of the bank in"),
        "end_agreement": _("ended the agreement"),
        "save_headers": _("kept the columns of the file"),
        "mark_orders": _("marked orders that need a look"),
        "announce_total": _("announced the total of a file"),
    },
)
