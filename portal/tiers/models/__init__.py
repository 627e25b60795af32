"""Stars of agencies: the rules, what a quarter came to, who applied, and what is held."""

from portal.tiers.models.appeals import (
    StarAppeal,
    StarAppealQuerySet,
)
from portal.tiers.models.applications import (
    StarApplication,
    StarApplicationQuerySet,
)
from portal.tiers.models.certification_applications import (
    CertificationApplication,
    CertificationApplicationQuerySet,
    CertificationCreator,
    CertificationPaper,
    CertificationReview,
    CertificationReviewQuerySet,
)
from portal.tiers.models.certification_marks import (
    CertificationAppeal,
    CertificationAppealQuerySet,
    CertificationMark,
    CertificationMarkQuerySet,
)
from portal.tiers.models.certification_rounds import (
    CertificationMethod,
    CertificationRound,
    CertificationRoundQuerySet,
)
from portal.tiers.models.framework_meetings import (
    FrameworkDecision,
    FrameworkMeeting,
    FrameworkMeetingQuerySet,
)
from portal.tiers.models.frameworks import (
    Framework,
    FrameworkMonth,
    FrameworkQuerySet,
)
from portal.tiers.models.reviews import (
    CountedCreator,
    StarReview,
    StarReviewQuerySet,
    StarStep,
)
from portal.tiers.models.ruleset import (
    StarBenefit,
    StarRuleSet,
    StarRung,
)
from portal.tiers.models.standings import (
    StarStanding,
    StarStandingQuerySet,
)
from portal.tiers.models.windows import (
    StarWindow,
    StarWindowQuerySet,
)

__all__ = [
    "CertificationAppeal",
    "CertificationAppealQuerySet",
    "CertificationApplication",
    "CertificationApplicationQuerySet",
    "CertificationCreator",
    "CertificationMark",
    "CertificationMarkQuerySet",
    "CertificationMethod",
    "CertificationPaper",
    "CertificationReview",
    "CertificationReviewQuerySet",
    "CertificationRound",
    "CertificationRoundQuerySet",
    "CountedCreator",
    "Framework",
    "FrameworkDecision",
    "FrameworkMeeting",
    "FrameworkMeetingQuerySet",
    "FrameworkMonth",
    "FrameworkQuerySet",
    "StarAppeal",
    "StarAppealQuerySet",
    "StarApplication",
    "StarApplicationQuerySet",
    "StarBenefit",
    "StarReview",
    "StarReviewQuerySet",
    "StarRuleSet",
    "StarRung",
    "StarStanding",
    "StarStandingQuerySet",
    "StarStep",
    "StarWindow",
    "StarWindowQuerySet",
]
