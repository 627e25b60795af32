"""Quizzes, attempts and works for operators: they read here, and act by services. Whoever marks a
work does not find it here before it is marked."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import OPERATOR, Actor
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.parties.models import User
from training.assessment import services
from training.assessment.models import Assignment, Attempt, Question, Quiz, Work


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ("code", "course", "kind", "topic", "created_at", "retired_at")
    list_filter = ("kind", "topic", ("retired_at", admin.EmptyFieldListFilter))
    list_select_related = ("course",)
    search_fields = ("code", "text_zh", "text_en", "course__code")
    ordering = ("course__code", "code")
    actions = ("retire",)

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("courses.run_training")

    @admin.action(description=_("Never ask the chosen ones again"), permissions=["run"])
    def retire(self, request: HttpRequest, rows: QuerySet[Question]) -> None:
        rows = rows.select_related("course")
        self.run(request, rows, lambda row: services.retire_question(request.actor, question=row))


@admin.register(Quiz)
class QuizAdmin(ReadOnlyAdmin):
    list_display = ("course", "questions", "pass_mark", "attempts", "wait_hours", "minutes")
    list_select_related = ("course",)
    search_fields = ("course__code", "course__title_zh")
    ordering = ("course__code",)


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ("learner", "course", "number", "started_at", "ended_by", "right", "is_passed")
    list_filter = ("is_passed", "ended_by")
    list_select_related = ("enrolment__learner", "enrolment__session__course")
    search_fields = ("enrolment__learner__name", "enrolment__session__course__code")
    date_hierarchy = "started_at"
    ordering = ("-started_at",)

    @admin.display(description=_("learner"))
    def learner(self, attempt: Attempt) -> str:
        return attempt.enrolment.learner.name

    @admin.display(description=_("course"))
    def course(self, attempt: Attempt) -> str:
        return attempt.enrolment.session.course.title


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ("course", "pass_mark", "apart", "attempts", "days")
    list_select_related = ("course",)
    search_fields = ("course__code", "course__title_zh")
    ordering = ("course__code",)


@admin.register(Work)
class WorkAdmin(ReadOnlyAdmin):
    list_display = ("learner", "course", "number", "handed_in_at", "status", "score", "is_passed")
    list_filter = ("status", "is_passed")
    list_select_related = ("enrolment__learner", "assignment__course")
    search_fields = ("enrolment__learner__name", "assignment__course__code")
    date_hierarchy = "handed_in_at"
    ordering = ("-handed_in_at",)
    exclude = ("code",)
    actions = ("ask_others",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).open_to(request.actor)

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("courses.run_training")

    @admin.display(description=_("learner"))
    def learner(self, work: Work) -> str:
        return work.enrolment.learner.name

    @admin.display(description=_("course"))
    def course(self, work: Work) -> str:
        return work.assignment.course.title

    @admin.action(description=_("Ask others in place of markers who are late"), permissions=["run"])
    def ask_others(self, request: HttpRequest, rows: QuerySet[Work]) -> None:
        self.run(request, rows, lambda row: services.replace_late(request.actor, work=row))


@register_queue
def works_without_markers(request: HttpRequest) -> Queue | None:
    """Nobody may mark them: the assignment names too few who are far enough from the learner."""
    person = request.user
    if not isinstance(person, User) or not person.has_perm("courses.run_training"):
        return None
    operator = Actor(user=person, party=None, role=OPERATOR, via="admin")
    rows = Work.objects.open_to(operator).waiting()
    rows = rows.annotate(asked=Count("marks"), given=Count("marks__given_at"))
    lacking = rows.filter(Q(asked__lt=2) | Q(asked=2, given=F("asked")))
    return Queue(
        _("Works without a marker"),
        reverse("work_register"),
        **waiting_since(lacking, "handed_in_at"),
    )
