"""Courses: written, published, archived; with the indicators that each lifts."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import delete_file, take_file
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, Refused, flawless
from portal.evaluation.models import RemedyKind
from portal.evaluation.services import close_remedies, register_remedy
from training.courses import rules
from training.courses.fields import CourseFields
from training.courses.files import MATERIAL
from training.courses.models import Course, Material, Prerequisite
from training.courses.states import CourseStatus

OWN = (
    *("code", "kind", "title_zh", "title_en", "summary_zh", "summary_en", "outcomes_zh"),
    *("outcomes_en", "level", "planned_minutes", "needs_lessons", "least_attendance"),
    *("needs_quiz", "needs_assignment", "certificate_months"),
)
TAKEN = {"courses_course_code": flawless([Flaw("code", _("There is a course with this code."))])}
CIRCLE = _("A course cannot ask for itself, also not by way of others.")


@transaction.atomic
def create_course(actor: Actor, *, fields: CourseFields) -> Course:
    """A draft: seen by operators only."""
    rules.can_run_training(actor).require()
    rules.course_is_sound(fields).require()
    course = Course(created_at=clock.now())
    _write(course, fields)
    audit.record(actor, "create_course", course, after={"code": course.code})
    return course


@transaction.atomic
def change_course(actor: Actor, *, course: Course, fields: CourseFields) -> Course:
    """A published one shows its new words at once. Its code and kind stay once it is published:
    addresses and sessions rest on them."""
    course = lock_course(course)
    rules.can_change_course(actor, course).require()
    rules.course_is_sound(fields).require()
    if course.published_at and (fields.code, fields.kind) != (course.code, course.kind):
        raise Refused(flawless([Flaw("code", _("The code and kind of a published course stay."))]))
    before = {name: getattr(course, name) for name in OWN}
    _write(course, fields)
    if course.status == CourseStatus.PUBLISHED:
        rules.course_is_ready(course).require()
    after = {name: getattr(course, name) for name in OWN}
    changed = {name for name in OWN if before[name] != after[name]}
    audit.record(
        actor,
        "change_course",
        course,
        before={name: before[name] for name in sorted(changed)},
        after={name: after[name] for name in sorted(changed)},
    )
    if course.status == CourseStatus.PUBLISHED:
        _offer(actor, course)
    return course


@transaction.atomic
def publish_course(actor: Actor, *, course: Course) -> Course:
    """Everybody sees it; the evaluation names it where its indicators are weak."""
    course = lock_course(course)
    rules.can_publish_course(actor, course).require()
    before, course.status = course.status, CourseStatus.PUBLISHED
    course.published_at, course.archived_at = course.published_at or clock.now(), None
    course.save(update_fields=["status", "published_at", "archived_at"])
    audit.record(
        actor, "publish_course", course, before={"status": before}, after={"status": course.status}
    )
    _offer(actor, course)
    return course


@transaction.atomic
def archive_course(actor: Actor, *, course: Course) -> Course:
    """No new sessions; those that run go on."""
    course = lock_course(course)
    rules.can_archive_course(actor, course).require()
    before, course.status, course.archived_at = course.status, CourseStatus.ARCHIVED, clock.now()
    course.save(update_fields=["status", "archived_at"])
    audit.record(
        actor, "archive_course", course, before={"status": before}, after={"status": course.status}
    )
    close_remedies(actor, origin=origin_of(course))
    return course


@transaction.atomic
def add_material(actor: Actor, *, course: Course, title: str, file_id: uuid.UUID) -> Material:
    course = lock_course(course)
    rules.can_add_material(actor, course).require()
    if not 1 <= len(title.strip()) <= 80 or len(title.strip().splitlines()) > 1:
        raise Refused(flawless([Flaw("title", _("Give it a title of up to 80 characters."))]))
    file = take_file(actor, file_id=file_id, purpose=MATERIAL)
    material = Material.objects.create(
        course=course,
        title=title.strip(),
        file=file,
        added_by=actor.user,
        added_at=clock.now(),
    )
    audit.record(actor, "add_material", material, after={"course": course.code})
    return material


@transaction.atomic
def remove_material(actor: Actor, *, material: Material) -> Material:
    """Its bytes go, too."""
    course = lock_course(material.course)
    rules.can_add_material(actor, course).require()
    material = Material.objects.select_related("file").get(pk=material.pk)
    if material.removed_at is None:
        material.removed_at = clock.now()
        material.save(update_fields=["removed_at"])
        delete_file(actor, file=material.file, why="material removed")
        audit.record(actor, "remove_material", material, after={"course": course.code})
    return material


def lock_course(course: Course) -> Course:
    return Course.objects.select_for_update(no_key=True).get(pk=course.pk)


def origin_of(course: Course) -> str:
    """How the evaluation's register of remedies names it."""
    return f"course:{course.code}"


def _write(course: Course, fields: CourseFields) -> None:
    for name in OWN:
        value = getattr(fields, name)
        setattr(course, name, value.strip() if isinstance(value, str) else value)
    course.audience, course.topics = list(fields.audience), list(fields.topics)
    course.indicators = list(fields.indicators)
    with refusing(TAKEN):
        course.save()
    _write_needs(course, fields)


def _write_needs(course: Course, fields: CourseFields) -> None:
    keys = set(fields.needs)
    found = set(Course.objects.filter(pk__in=keys).values_list("pk", flat=True))
    if found != keys:
        raise Refused(flawless([Flaw("needs", _("Choose from the courses there are."))]))
    if course.pk in keys | _needed_by(keys):
        raise Refused(flawless([Flaw("needs", CIRCLE)]))
    course.prerequisites.exclude(needs__in=keys).delete()
    known = set(course.prerequisites.values_list("needs", flat=True))
    Prerequisite.objects.bulk_create(
        Prerequisite(course=course, needs_id=key) for key in sorted(keys - known)
    )


def _needed_by(keys: set[int]) -> set[int]:
    """Whatever these ask for, and what that asks for."""
    found: set[int] = set()
    ahead = set(keys)
    while ahead:
        rows = Prerequisite.objects.filter(course__in=ahead).values_list("needs", flat=True)
        ahead = set(rows) - found
        found |= ahead
    return found


def _offer(actor: Actor, course: Course) -> None:
    said: dict[str, Any] = {
        "title_zh": course.title_zh,
        "title_en": course.title_en,
        "url": course.get_absolute_url(),
    }
    register_remedy(
        actor,
        origin=origin_of(course),
        indicators=course.indicators,
        kind=RemedyKind.COURSE,
        **said,
    )
