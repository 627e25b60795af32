from portal.settlement.api.adjustments import AdjustmentViewSet
from portal.settlement.api.disputes import LineDisputeViewSet
from portal.settlement.api.runs import RunViewSet
from portal.settlement.api.statements import StatementViewSet

__all__ = ["AdjustmentViewSet", "LineDisputeViewSet", "RunViewSet", "StatementViewSet"]
