from portal.tiers.api.answers import (
    StarAppealViewSet,
    StarApplicationViewSet,
)
from portal.tiers.api.certification_applying import (
    CertificationAppealViewSet,
    CertificationApplicationViewSet,
)
from portal.tiers.api.certification_public import (
    CertificationMarkViewSet,
    CertificationMethodViewSet,
    CertificationRoundViewSet,
)
from portal.tiers.api.frameworks import (
    FrameworkDecisionViewSet,
    FrameworkMeetingViewSet,
    FrameworkViewSet,
)
from portal.tiers.api.public import (
    StarHolderViewSet,
    StarRulesViewSet,
    StarWindowViewSet,
)
from portal.tiers.api.reviews import (
    StarReviewViewSet,
)

__all__ = [
    "CertificationAppealViewSet",
    "CertificationApplicationViewSet",
    "CertificationMarkViewSet",
    "CertificationMethodViewSet",
    "CertificationRoundViewSet",
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
