from portal.settlement.api.adjustments import AdjustmentViewSet
from portal.settlement.api.below_zero import BelowZeroViewSet
from portal.settlement.api.disputes import LineDisputeViewSet
from portal.settlement.api.runs import RunViewSet
from portal.settlement.api.statements import StatementViewSet

__all__ = [
    "AdjustmentViewSet",
    "BelowZeroViewSet",
    "LineDisputeViewSet",
    "RunViewSet",
    "StatementViewSet",
]
