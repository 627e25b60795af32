from portal.settlement.models.adjustments import Adjustment, AdjustmentQuerySet
from portal.settlement.models.disputes import DisputedLine, LineDispute, LineDisputeQuerySet
from portal.settlement.models.runs import Run, RunQuerySet, Series
from portal.settlement.models.statements import Statement, StatementQuerySet, StatementRow
from portal.settlement.models.true_ups import TrueUp

__all__ = [
    "Adjustment",
    "AdjustmentQuerySet",
    "DisputedLine",
    "LineDispute",
    "LineDisputeQuerySet",
    "Run",
    "RunQuerySet",
    "Series",
    "Statement",
    "StatementQuerySet",
    "StatementRow",
    "TrueUp",
]
