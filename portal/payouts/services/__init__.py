from portal.payouts.services.approving import approve_some, end_approval
from portal.payouts.services.batches import APPROVE, approve_batch, cancel_batch, prepare_batch
from portal.payouts.services.debts import owe, owe_many
from portal.payouts.services.files import take_file
from portal.payouts.services.readiness import (
    confirm_trial,
    consent_to_split,
    open_sub_account,
    send_trial,
    sweep_trials,
)
from portal.payouts.services.requests import request_payout, withdraw_request
from portal.payouts.services.results import found_items, record_results

__all__ = [
    "APPROVE",
    "approve_batch",
    "approve_some",
    "cancel_batch",
    "confirm_trial",
    "consent_to_split",
    "end_approval",
    "found_items",
    "open_sub_account",
    "owe",
    "owe_many",
    "prepare_batch",
    "record_results",
    "request_payout",
    "send_trial",
    "sweep_trials",
    "take_file",
    "withdraw_request",
]
