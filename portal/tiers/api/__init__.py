from portal.tiers.api.answers import StarAppealViewSet, StarApplicationViewSet
from portal.tiers.api.public import StarHolderViewSet, StarRulesViewSet, StarWindowViewSet
from portal.tiers.api.reviews import StarReviewViewSet

__all__ = [
    "StarAppealViewSet",
    "StarApplicationViewSet",
    "StarHolderViewSet",
    "StarReviewViewSet",
    "StarRulesViewSet",
    "StarWindowViewSet",
]
