from portal.reconciliation.models.days import Day, DayQuerySet
from portal.reconciliation.models.differences import (
    Difference,
    DifferenceQuerySet,
    DifferenceStep,
)
from portal.reconciliation.models.listings import ListedEvent, Listing
from portal.reconciliation.models.matches import BankMatch

__all__ = [
    "BankMatch",
    "Day",
    "DayQuerySet",
    "Difference",
    "DifferenceQuerySet",
    "DifferenceStep",
    "ListedEvent",
    "Listing",
]
