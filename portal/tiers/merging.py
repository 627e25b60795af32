"""Stars and marks of two parties that become one: each keeps its own past."""

from __future__ import annotations

from portal.parties.merges import stays
from portal.tiers.models import (
    CertificationApplication,
    CertificationCreator,
    CertificationMark,
    CountedCreator,
    Framework,
    StarReview,
    StarStanding,
)

stays(StarReview, "party")
stays(StarStanding, "party")
stays(CountedCreator, "creator")
stays(Framework, "party")
stays(CertificationApplication, "party")
stays(CertificationMark, "party")
stays(CertificationCreator, "creator")
