"""Evidence of applications and objections: for who signs for the agency, and who judges."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.models import Party
from portal.tiers import rules

EVIDENCE = "star-evidence"
CERTIFICATION = "certification-paper"


def may_read_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """Before it belongs to an agency, nobody but its uploader."""
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    if file.party_id is None:
        return forbidden(_("This file is not for you."))
    party = Party.objects.select_related("city").get(pk=file.party_id)
    return rules.can_read_evidence(actor, party)


register_purpose(EVIDENCE, kinds=("image", "pdf"), may_read=may_read_evidence)


def may_read_certification(actor: Actor, file: StoredFile) -> Verdict:
    """Documents of an application for the mark, and evidence of objections to a refusal."""
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    if file.party_id is None:
        return forbidden(_("This file is not for you."))
    party = Party.objects.select_related("city").get(pk=file.party_id)
    return rules.can_read_certification_paper(actor, party)


register_purpose(CERTIFICATION, kinds=("image", "pdf"), may_read=may_read_certification)
