"""Files of practical works: for their learner, for who marks them, and afterwards for who teaches
and runs the training. A marker's way to a file never passes by the learner."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.files import is_near, register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from training.assessment.models import Mark, Work

WORK = "assessment.work"


def may_read_work(actor: Actor, file: StoredFile) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    is_uploader = is_near(actor, file)  # before it is handed in
    marking = Mark.objects.filter(
        work__files__file=file, marker=actor.user_id, marker__isnull=False
    )
    if is_uploader or marking.exists():
        return ALLOWED
    if Work.objects.visible_to(actor).filter(files__file=file).exists():
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(WORK, kinds=("image", "pdf"), max_bytes=15 * 1024 * 1024, may_read=may_read_work)
