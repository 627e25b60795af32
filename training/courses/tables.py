"""Sessions and courses for the operators' desk, as lists that sort, filter and export."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from training.courses import rules
from training.courses.models import Course, Session
from training.courses.states import CourseKind, CourseStatus, SessionStatus

SESSION_TONES = {"open": "info", "running": "ok", "cancelled": "bad"}
COURSE_TONES = {"published": "ok"}


def _sessions(actor: Actor) -> QuerySet[Any]:
    return Session.objects.visible_to(actor).select_related("course", "pool", "city")


def _courses(actor: Actor) -> QuerySet[Any]:
    return Course.objects.visible_to(actor).annotate(held=Count("sessions"))


def _taken(session: Session) -> str:
    return f"{session.pool.taken} / {session.pool.capacity}"


SESSIONS = register_table(
    TableKind(
        name="training_sessions",
        title=_("Sessions"),
        url="training_desk",
        rows=_sessions,
        may=rules.can_run_training,
        order="-starts_at",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: SessionStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
            TableFilter(
                "kind",
                _("Kind"),
                lambda: CourseKind.choices,
                lambda rows, value: rows.filter(course__kind=value),
            ),
        ),
        columns=(
            TableColumn(
                "course",
                _("Course"),
                lambda row: row.course.title,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.number,
            ),
            TableColumn("kind", _("Kind"), lambda row: row.course.get_kind_display()),
            TableColumn("place", _("Place"), lambda row: row.place),
            TableColumn(
                "begins", _("Begins"), lambda row: row.starts_at, form="moment", sort="starts_at"
            ),
            TableColumn("seats", _("Seats taken"), _taken),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: SESSION_TONES.get(row.status, ""),
            ),
        ),
    )
)
COURSES = register_table(
    TableKind(
        name="training_courses",
        title=_("Courses"),
        url="course_register",
        rows=_courses,
        may=rules.can_run_training,
        order="code",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: CourseStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
            TableFilter(
                "kind",
                _("Kind"),
                lambda: CourseKind.choices,
                lambda rows, value: rows.filter(kind=value),
            ),
        ),
        columns=(
            TableColumn(
                "course",
                _("Course"),
                lambda row: row.title,
                url=lambda row: row.get_edit_url(),
                note=lambda row: row.code,
            ),
            TableColumn("kind", _("Kind"), lambda row: row.get_kind_display()),
            TableColumn("audience", _("For whom"), lambda row: "、".join(row.audience_labels)),
            TableColumn("indicators", _("Lifts"), lambda row: " ".join(row.indicators)),
            TableColumn("held", _("Sessions"), lambda row: row.held, form="num", sort="held"),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: COURSE_TONES.get(row.status, ""),
            ),
        ),
    )
)
