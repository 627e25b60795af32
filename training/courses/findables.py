"""Courses, as the search shows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.search.findables import Hit, Rows, register_finder
from training.courses.models import Course

KIND = "course"


def _course(_actor: Actor, course: Course) -> Hit:
    return Hit(course.title, course.get_absolute_url(), course.get_kind_display())


register_finder(
    Rows(
        kind=KIND,
        title=_("Courses"),
        icon="school",
        rank=45,
        model=Course,
        visible=lambda actor: Course.objects.visible_to(actor),
        hit=_course,
        names=lambda course: [course.title_zh, course.title_en],
    )
)
