"""What shows that a piece was paid: both sides read it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.content.models import ContentOrder
from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden

PROOF = "content-proof"


def may_read_proof(actor: Actor, file: StoredFile) -> Verdict:
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    shown = ContentOrder.objects.filter(proof=file)
    if actor.has_perm("content.view_contentorder") and shown.exists():
        return ALLOWED
    if shown.visible_to(actor).exists():
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(PROOF, kinds=("image", "pdf"), may_read=may_read_proof)
