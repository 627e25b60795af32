from portal.tiers.api.answers import StarAppealViewSet, StarApplicationViewSet
from portal.tiers.api.frameworks import (
    FrameworkDecisionViewSet,
    FrameworkMeetingViewSet,
    FrameworkViewSet,
)
from portal.tiers.api.public import StarHolderViewSet, StarRulesViewSet, StarWindowViewSet
from portal.tiers.api.reviews import StarReviewViewSet

__all__ = [
    "FrameworkDecisionViewSet",
    "FrameworkMeetingViewSet",
    "FrameworkViewSet",
    "StarAppealViewSet",
    "StarApplicationViewSet",
    "StarHolderViewSet",
    "StarReviewViewSet",
    "StarRulesViewSet",
    "StarWindowViewSet",
]
