from portal.payouts.api.batches import BatchViewSet
from portal.payouts.api.own import ConsentView, PayoutViewSet, StandingView, TrialView

__all__ = ["BatchViewSet", "ConsentView", "PayoutViewSet", "StandingView", "TrialView"]
