"""Programmes: courses in an order."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, Refused, conflict, flawless
from training.courses import rules
from training.courses.fields import ProgrammeFields
from training.courses.models import Course, Programme, ProgrammeCourse

OWN = (
    *("code", "kind", "title_zh", "title_en", "summary_zh", "summary_en"),
    *("belt_id", "party_id"),
)
TAKEN = {
    "courses_programme_code": flawless([Flaw("code", _("There is a programme with this code."))])
}
OVER = _("This programme has ended.")


@transaction.atomic
def create_programme(actor: Actor, *, fields: ProgrammeFields) -> Programme:
    """A draft: seen by operators only."""
    rules.can_run_training(actor).require()
    rules.programme_is_sound(fields).require()
    programme = Programme(created_at=clock.now())
    _write(programme, fields)
    after = {"code": programme.code, "courses": len(fields.courses)}
    audit.record(actor, "create_programme", programme, after=after)
    return programme


@transaction.atomic
def change_programme(actor: Actor, *, programme: Programme, fields: ProgrammeFields) -> Programme:
    programme = _lock(programme)
    rules.can_run_training(actor).require()
    rules.programme_is_sound(fields).require()
    if programme.ended_at is not None:
        raise Refused(conflict(OVER))
    _write(programme, fields)
    after = {"code": programme.code, "courses": len(fields.courses)}
    audit.record(actor, "change_programme", programme, after=after)
    return programme


@transaction.atomic
def publish_programme(actor: Actor, *, programme: Programme) -> Programme:
    programme = _lock(programme)
    rules.can_run_training(actor).require()
    if programme.published_at is not None:
        raise Refused(conflict(_("This programme is published already.")))
    if programme.steps.filter(course__published_at=None).exists():
        raise Refused(conflict(_("Publish its courses first.")))
    programme.published_at = clock.now()
    programme.save(update_fields=["published_at"])
    audit.record(actor, "publish_programme", programme)
    return programme


@transaction.atomic
def end_programme(actor: Actor, *, programme: Programme) -> Programme:
    """It is shown no more; its courses stay."""
    programme = _lock(programme)
    rules.can_run_training(actor).require()
    if programme.ended_at is not None:
        raise Refused(conflict(OVER))
    programme.ended_at = clock.now()
    programme.save(update_fields=["ended_at"])
    audit.record(actor, "end_programme", programme)
    return programme


def _lock(programme: Programme) -> Programme:
    return Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _write(programme: Programme, fields: ProgrammeFields) -> None:
    keys = [course for course, _required in fields.courses]
    if Course.objects.filter(pk__in=keys).count() != len(keys):
        raise Refused(flawless([Flaw("courses", _("Choose from the courses there are."))]))
    for name in OWN:
        value = getattr(fields, name)
        setattr(programme, name, value.strip() if isinstance(value, str) else value)
    programme.audience = list(fields.audience)
    with refusing(TAKEN):
        programme.save()
    programme.steps.all().delete()
    ProgrammeCourse.objects.bulk_create(
        ProgrammeCourse(programme=programme, course_id=key, position=place, is_required=required)
        for place, (key, required) in enumerate(fields.courses, start=1)
    )
