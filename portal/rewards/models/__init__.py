from portal.rewards.models.appeals import ClaimAppeal
from portal.rewards.models.claims import Claim, ClaimSign, ClaimStep, Revocation
from portal.rewards.models.coupons import Coupon, CouponKind, CouponUse
from portal.rewards.models.pools import BudgetChange, Pool, PoolEntry
from portal.rewards.models.programmes import Programme
from portal.rewards.models.steps import StepRecord
from portal.rewards.models.tasks import Task, TaskStep

__all__ = [
    "BudgetChange",
    "Claim",
    "ClaimAppeal",
    "ClaimSign",
    "ClaimStep",
    "Coupon",
    "CouponKind",
    "CouponUse",
    "Pool",
    "PoolEntry",
    "Programme",
    "Revocation",
    "StepRecord",
    "Task",
    "TaskStep",
]
