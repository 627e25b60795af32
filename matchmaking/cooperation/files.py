"""What shows that an obligation was kept: both sides read it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation, Obligation
from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden

EVIDENCE = "cooperation-evidence"


def may_read_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """The two sides and operators who see cooperations; before it is used, its uploader alone."""
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    shown = Obligation.objects.filter(evidence=file)
    mine = shown.filter(cooperation__in=Cooperation.objects.visible_to(actor))
    if mine.exists() or (actor.has_perm("cooperation.view_cooperation") and shown.exists()):
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(EVIDENCE, kinds=("image", "pdf"), may_read=may_read_evidence)
