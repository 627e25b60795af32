from portal.payouts.models.batches import Batch, BatchFile, FileTaking, Item, ItemQuerySet, Part
from portal.payouts.models.debts import Debt, DebtQuerySet
from portal.payouts.models.readiness import Enrolment, TrialTransfer
from portal.payouts.models.requests import PayoutRequest, PayoutRequestQuerySet
from portal.payouts.models.terms import BankTemplate, PayoutTerm

__all__ = [
    "BankTemplate",
    "Batch",
    "BatchFile",
    "Debt",
    "DebtQuerySet",
    "Enrolment",
    "FileTaking",
    "Item",
    "ItemQuerySet",
    "Part",
    "PayoutRequest",
    "PayoutRequestQuerySet",
    "PayoutTerm",
    "TrialTransfer",
]
