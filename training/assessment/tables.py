"""The bank of questions and all works, as lists that sort, filter and export."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from training.assessment import rules
from training.assessment.models import Question, Work
from training.assessment.reading import in_letters
from training.assessment.states import QuestionKind, WorkStatus
from training.courses.models import Course
from training.courses.states import Topic


def _bank(actor: Actor) -> QuerySet[Any]:
    tried = Q(asked_in__is_right__isnull=False)
    rows = Question.objects.visible_to(actor).asked().select_related("course")
    return rows.annotate(
        times=Count("asked_in", filter=tried),
        rightly=Count("asked_in", filter=Q(asked_in__is_right=True)),
    )


def _of_course(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(course=value) if value.isdecimal() else rows.none()


def _courses() -> list[tuple[str, str]]:
    rows = Course.objects.filter(Q(needs_quiz=True) | Q(questions__isnull=False)).distinct()
    return [(str(one.pk), one.title) for one in rows.order_by("code")]


def _share(row: Any) -> str:
    return f"{100 * row.rightly // row.times}%" if row.times else "—"


QUESTIONS = register_table(
    TableKind(
        name="course_questions",
        title=_("Bank of questions"),
        url="question_register",
        rows=_bank,
        may=rules.can_write_bank,
        order="-created_at",
        filters=(
            TableFilter("course", _("Course"), _courses, _of_course),
            TableFilter(
                "kind",
                _("Kind"),
                lambda: QuestionKind.choices,
                lambda rows, value: rows.filter(kind=value),
            ),
            TableFilter(
                "topic",
                _("Topic"),
                lambda: Topic.choices,
                lambda rows, value: rows.filter(topic=value),
            ),
        ),
        columns=(
            TableColumn(
                "text",
                _("Question"),
                lambda row: row.text,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.code,
            ),
            TableColumn("course", _("Course"), lambda row: row.course.title, sort="course__code"),
            TableColumn("kind", _("Kind"), lambda row: row.get_kind_display()),
            TableColumn("topic", _("Topic"), lambda row: row.get_topic_display()),
            TableColumn("right", _("Right"), lambda row: in_letters(row.right), is_shown=False),
            TableColumn("times", _("Times asked"), lambda row: row.times, form="num", sort="times"),
            TableColumn("share", _("Answered rightly"), _share),
            TableColumn(
                "created",
                _("Written"),
                lambda row: row.created_at,
                form="day",
                sort="created_at",
                is_shown=False,
            ),
        ),
    )
)


def _works(actor: Actor) -> QuerySet[Any]:
    rows = Work.objects.visible_to(actor).whole()
    return rows.annotate(given=Count("marks", filter=Q(marks__given_at__isnull=False)))


def _score(row: Work) -> str:
    return "" if row.percent is None else f"{row.percent:.1f}"


def _tone(row: Work) -> str:
    if row.status == WorkStatus.WAITING:
        return "info"
    return "ok" if row.is_passed else "bad"


def _state(row: Work) -> Any:
    if row.status == WorkStatus.WAITING:
        return row.get_status_display()
    return _("Passed") if row.is_passed else _("Not passed")


WORKS = register_table(
    TableKind(
        name="course_works",
        title=_("Practical works"),
        url="work_register",
        rows=_works,
        may=rules.can_write_bank,
        order="-handed_in_at",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: WorkStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
        ),
        columns=(
            TableColumn(
                "learner",
                _("Learner"),
                lambda row: row.enrolment.learner.name,
                note=lambda row: row.enrolment.party.name,
            ),
            TableColumn("course", _("Course"), lambda row: row.assignment.course.title),
            TableColumn("number", _("No."), lambda row: row.number, form="num"),
            TableColumn(
                "handed_in",
                _("Handed in"),
                lambda row: row.handed_in_at,
                form="moment",
                sort="handed_in_at",
            ),
            TableColumn("given", _("Marks given"), lambda row: row.given, form="num"),
            TableColumn("score", _("Score"), _score),
            TableColumn("state", _("State"), _state, form="tag", tone=_tone),
        ),
    )
)
