"""Evidence of appeals and of plans: for those who sign for the party, and those who decide."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.evaluation import rules
from portal.evaluation.models import Appeal, PlanItem
from portal.evaluation.services import RATING_EVIDENCE


def may_read_rating_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """Before something holds it, nobody but its uploader."""
    appeal = Appeal.objects.filter(evidence=file).select_related("party__city").first()
    if appeal is not None:
        return rules.can_read_appeal_evidence(actor, appeal)
    item = PlanItem.objects.filter(evidence=file).select_related("plan__party__city").first()
    if item is not None:
        return rules.can_read_plan_evidence(actor, item.plan)
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(RATING_EVIDENCE, kinds=("image", "pdf"), may_read=may_read_rating_evidence)
