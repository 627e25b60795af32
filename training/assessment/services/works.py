"""A practical work is handed in, and nobody's name goes with it to who marks it."""

from __future__ import annotations

import io
import secrets
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor, system_actor
from portal.core.documents import pages_alone
from portal.core.files import delete_file, keep_made_file, open_bytes
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless
from training.assessment import rules
from training.assessment.files import WORK
from training.assessment.models import Assignment, Work, WorkFile
from training.assessment.services.marks import ask_markers
from training.assessment.services.quizzes import be_there
from training.learning.models import Enrolment
from training.learning.services.enrolments import lock_enrolment

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
PDF = "application/pdf"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", PDF: ".pdf"}
NOT_YOURS = _("There is no upload of yours with this id. Upload the file first.")
UNREADABLE = _("This PDF cannot be looked into. Print it to a new PDF and upload that one.")


@transaction.atomic
def hand_in_work(
    actor: Actor, *, enrolment: Enrolment, text: str, file_ids: Sequence[uuid.UUID] = ()
) -> Work:
    """Once it is handed in it stays as it is; after a mark that does not pass, another may come."""
    enrolment = lock_enrolment(enrolment)
    assignment = Assignment.objects.filter(course=enrolment.session.course_id).first()
    if assignment is None:
        raise Refused(conflict(_("This course has no assignment.")))
    before = works_of(enrolment)
    now = clock.now()
    rules.can_hand_in(actor, enrolment, assignment, before, now).require()
    rules.work_is_sound(text, len(file_ids)).require()
    work = Work.objects.create(
        assignment=assignment,
        enrolment=enrolment,
        number=len(before) + 1,
        code=new_code(),
        text=text.strip(),
        handed_in_at=now,
    )
    for place, key in enumerate(dict.fromkeys(file_ids), start=1):
        file = _take_nameless(actor, key, place)
        WorkFile.objects.create(work=work, file=file, position=place)
    be_there(actor, enrolment)
    # Of the work, not of the enrolment: whoever teaches reads that one's history, and may mark.
    audit.record(actor, "hand_in_work", work, after={"number": work.number})
    ask_markers(work)
    return work


def works_of(enrolment: Enrolment) -> list[Work]:
    return list(Work.objects.filter(enrolment=enrolment).order_by("number"))


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(8))


def _take_nameless(actor: Actor, file_id: uuid.UUID, place: int) -> StoredFile:
    """A copy of nobody's, under the name of its place, without what a PDF says of its author.
    Pictures were redrawn when they were uploaded."""
    mine = StoredFile.objects.loose().filter(pk=file_id, purpose=WORK).uploaded_by(actor)
    upload = mine.select_for_update(no_key=True).first()
    if upload is None:
        raise Refused(flawless([Flaw("files", NOT_YOURS)]))
    with open_bytes(upload) as source:
        content = source.read()
    if upload.content_type == PDF:
        pages = pages_alone(content)
        if pages is None:
            raise Refused(flawless([Flaw("files", UNREADABLE)]))
        content = pages
    made = keep_made_file(
        system_actor(actor.via),  # else the list of files would say whose it is
        content=io.BytesIO(content),
        content_type=upload.content_type,
        name=f"{place}{SUFFIXES[upload.content_type]}",
        purpose=WORK,
    )
    delete_file(actor, file=upload, why="kept without its name")
    return made
