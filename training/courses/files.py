"""Materials: for who is enrolled, who teaches and who runs the training."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import is_near, register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from training.courses import rules
from training.courses.models import Course, Instructor, Material

MATERIAL = "courses.material"
_readers: list[Callable[[Actor, Course], bool]] = []


def register_reader(reads: Callable[[Actor, Course], bool]) -> Callable[[Actor, Course], bool]:
    """Who else reads a course's materials: the part that knows who is enrolled says so."""
    _readers.append(reads)
    return reads


def can_read_materials(actor: Actor, course: Course) -> Verdict:
    """Who runs it, who teaches a session of it, who is enrolled."""
    if (
        rules.can_run_training(actor)
        or Instructor.objects.filter(session__course=course, user=actor.user_id).exists()
        or any(reads(actor, course) for reads in _readers)
    ):
        return ALLOWED
    return forbidden(_("Materials are for who is enrolled."))


def may_see(actor: Actor, file: StoredFile) -> Verdict:
    if is_near(actor, file) or rules.can_run_training(actor):
        return ALLOWED
    material = Material.objects.shown().select_related("course").filter(file=file).first()
    if material is None:
        return forbidden(_("Materials are for who is enrolled."))
    return can_read_materials(actor, material.course)


def may_send(actor: Actor, party_id: int | None) -> Verdict:
    return rules.can_run_training(actor)


register_purpose(
    MATERIAL,
    kinds=("image", "pdf"),
    max_bytes=20 * 1024 * 1024,
    may_read=may_see,
    may_store=may_send,
)
