"""What shows that an obligation was kept, or an agreement broken: both sides read it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation, Ending, Obligation, Statement
from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden

EVIDENCE = "cooperation-evidence"


def may_read_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """The two sides and operators who look after them; before it is used, its uploader alone."""
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    seen = Cooperation.objects.visible_to(actor)
    if actor.user is not None and actor.has_perm("cooperation.view_cooperation"):
        seen = Cooperation.objects.in_scope_of(actor.user)
    for model, path in (
        (Obligation, "cooperation"),
        (Ending, "cooperation"),
        (Statement, "dispute__cooperation"),
    ):
        shown = model._default_manager.filter(evidence=file)
        if shown.filter(**{f"{path}__in": seen}).exists():
            return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(EVIDENCE, kinds=("image", "pdf"), may_read=may_read_evidence)
