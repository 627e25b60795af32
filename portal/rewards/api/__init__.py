from portal.rewards.api.claims import ClaimAppealViewSet, ClaimViewSet
from portal.rewards.api.coupons import TrafficCouponViewSet
from portal.rewards.api.pools import BudgetChangeViewSet, PoolViewSet
from portal.rewards.api.seasons import SeasonViewSet
from portal.rewards.api.tasks import TaskViewSet

__all__ = [
    "BudgetChangeViewSet",
    "ClaimAppealViewSet",
    "ClaimViewSet",
    "PoolViewSet",
    "SeasonViewSet",
    "TaskViewSet",
    "TrafficCouponViewSet",
]
