"""Files beside a message: whoever may read the message may read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Message
from portal.core.actor import Actor
from portal.core.files import is_near, register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden

ATTACHMENT = "needs.message"


def may_read(actor: Actor, file: StoredFile) -> Verdict:
    """Both sides, its uploader, and the operators who decide a report of it."""
    if is_near(actor, file):
        return ALLOWED
    held = Message.objects.filter(files=file)
    if held.visible_to(actor).exists():
        return ALLOWED
    is_reported = held.filter(reports__isnull=False).exists()
    if is_reported and actor.has_perm("needs.decide_messagereport"):
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(
    ATTACHMENT,
    kinds=("image", "pdf", "xlsx"),
    max_bytes=10 * 1024 * 1024,
    may_read=may_read,
    max_side=2400,
)
