"""Stars and marks of two parties that become one: each keeps its own past. An annual framework goes
with its paper and with the creators whose sales it counts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, register_clash, stays
from portal.parties.models import Party
from portal.tiers.framework_states import FrameworkStatus
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
moves(Framework, "party")
stays(CertificationApplication, "party")
stays(CertificationMark, "party")
stays(CertificationCreator, "creator")


@register_clash
def has_one_framework_at_a_time(survivor: Party, absorbed: Party) -> Verdict:
    kept = Framework.objects.exclude(status=FrameworkStatus.DROPPED)
    ours = list(kept.filter(party=survivor))
    for one in kept.filter(party=absorbed):
        if any(one.starts_on < other.ends_on and other.starts_on < one.ends_on for other in ours):
            return conflict(_("Both have an annual framework for the same months."))
    return ALLOWED
