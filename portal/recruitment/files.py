"""Papers of applications: for those who sign for the provider, and for who answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.recruitment import rules
from portal.recruitment.models import Application

PAPER = "recruitment-paper"


def may_read_paper(actor: Actor, file: StoredFile) -> Verdict:
    """Before there is an application, nobody but its uploader."""
    application = Application.objects.filter(papers=file).select_related("party__city").first()
    if application is not None:
        return rules.can_read_paper(actor, application)
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(PAPER, kinds=("image", "pdf"), may_read=may_read_paper)
