from portal.payouts.admin.batches import BatchAdmin, ItemAdmin
from portal.payouts.admin.readiness import (
    DebtAdmin,
    EnrolmentAdmin,
    PayoutRequestAdmin,
    TrialTransferAdmin,
)
from portal.payouts.admin.terms import BankTemplateAdmin, PayoutTermAdmin

__all__ = [
    "BankTemplateAdmin",
    "BatchAdmin",
    "DebtAdmin",
    "EnrolmentAdmin",
    "ItemAdmin",
    "PayoutRequestAdmin",
    "PayoutTermAdmin",
    "TrialTransferAdmin",
]
