"""Evidence of objections to claims' results: for who signs for the party, and who decides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.rewards import rules
from portal.rewards.models import ClaimAppeal
from portal.rewards.services.appeals import EVIDENCE


def may_read_claim_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """Before something holds it, nobody but its uploader."""
    rows = ClaimAppeal.objects.filter(evidence=file).select_related("claim__party")
    if (appeal := rows.first()) is not None:
        return rules.can_read_appeal_evidence(actor, appeal)
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(EVIDENCE, kinds=("image", "pdf"), may_read=may_read_claim_evidence)
