"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "consent_to_split": _("agreed to the split"),
        "open_sub_account": _("wrote the sub-account down"),
        "send_trial": _("sent a trial transfer"),
        "confirm_trial": _("confirmed the trial transfer"),
        "miss_trial": _("gave another amount than was sent"),
        "fail_trial": _("ended the trial transfer unconfirmed"),
        "prepare_batch": _("prepared the batch"),
        "approve_batch": _("approved the batch"),
        "book_batch": _("booked the transfers"),
        "cancel_batch": _("cancelled the batch"),
        "send_batch": _("made the bank file"),
        "take_bank_file": _("took the bank file"),
        "end_batch": _("brought the last of the bank's answers in"),
        "request_payout": _("asked to be paid"),
        "withdraw_payout_request": _("took the request to be paid back"),
        "take_payout_request": _("took the request into a batch"),
        "give_back_payout_request": _("left the request to the next batch"),
        "answer_payout_request": _("sent what was asked for on its way"),
        "pay_transfer": _("brought the bank's answer in: it arrived"),
        "part_transfer": _("brought the bank's answer in: a part arrived"),
        "return_transfer": _("brought the bank's answer in: it was returned"),
        "owe": _("wrote down what the platform owes"),
    },
)
