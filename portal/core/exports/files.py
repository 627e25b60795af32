"""The files of exports: for their owner alone, each reading on the record."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden

PURPOSE = "export"
KEPT = timedelta(hours=24)


def may_read_export(actor: Actor, file: StoredFile) -> Verdict:
    """Who asked for it; a colleague asks for their own, within their own quota."""
    if actor.role == SYSTEM or actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("An export is for the person who asked for it. Start your own."))


register_purpose(PURPOSE, kinds=("csv", "xlsx"), may_read=may_read_export, is_personal=True)
