from portal.payouts.api.batches import BatchViewSet
from portal.payouts.api.own import ConsentView, PayoutViewSet, StandingView, TrialView
from portal.payouts.api.requests import PayoutRequestViewSet

__all__ = [
    "BatchViewSet",
    "ConsentView",
    "PayoutRequestViewSet",
    "PayoutViewSet",
    "StandingView",
    "TrialView",
]
