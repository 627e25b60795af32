from portal.payouts.views.batches import (
    batch_approval,
    batch_cancellation,
    batch_create,
    batch_detail,
    batch_file,
    batch_list,
    request_register,
    transfer_list,
)
from portal.payouts.views.own import (
    payout_account,
    payout_consent,
    payout_detail,
    payout_list,
    payout_request,
    payout_request_withdrawal,
    trial_answer,
)
from portal.payouts.views.payees import payee_list, payee_sub_account, payee_trial

__all__ = [
    "batch_approval",
    "batch_cancellation",
    "batch_create",
    "batch_detail",
    "batch_file",
    "batch_list",
    "payee_list",
    "payee_sub_account",
    "payee_trial",
    "payout_account",
    "payout_consent",
    "payout_detail",
    "payout_list",
    "payout_request",
    "payout_request_withdrawal",
    "request_register",
    "transfer_list",
    "trial_answer",
]
