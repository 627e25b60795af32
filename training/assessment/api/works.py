"""Assignments, works, marks and feedback over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import reads, writes
from training.assessment import rules, selectors, services
from training.assessment.api.given import enrolment_named, given_by
from training.assessment.fields import AssignmentFields
from training.assessment.models import Assignment, Criterion, Mark, Work
from training.courses.models import Course, Session
from training.courses.rules import can_teach


class CourseCriterionSerializer(serializers.Serializer[Any]):
    text_zh = serializers.CharField(max_length=200)
    text_en = serializers.CharField(max_length=300)
    points = serializers.IntegerField(min_value=1, max_value=100)


class CourseAssignmentSerializer(serializers.Serializer[Any]):
    """The practical assignment of a course, its brief in Markdown. `apart`: two marks further apart
    than so many percent of the points call a third marker. Who marks is nobody's to read here."""

    brief_zh = serializers.CharField(max_length=6000)
    brief_en = serializers.CharField(max_length=12_000)
    pass_mark = serializers.IntegerField(min_value=1, max_value=100, help_text="Percent")
    apart = serializers.IntegerField(min_value=1, max_value=100, help_text="Percent")
    attempts = serializers.IntegerField(min_value=1, max_value=10)
    days = serializers.IntegerField(min_value=1, max_value=60)
    criteria = CourseCriterionSerializer(many=True)


class CourseAssignmentFieldsSerializer(CourseAssignmentSerializer):
    markers = serializers.ListField(child=serializers.EmailField(), min_length=2, max_length=50)


class AssignmentViewSet(viewsets.GenericViewSet[Assignment]):
    """The assignment of a course, by the course's code."""

    queryset = Assignment.objects.none()
    serializer_class = CourseAssignmentSerializer
    lookup_value_converter = "slug"

    @reads(CourseAssignmentSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(_assignment(get_object_or_404(Assignment, course=self._course(pk))))

    @writes(CourseAssignmentSerializer, request=CourseAssignmentFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        course = self._course(pk)
        rules.can_write_bank(request.actor).require()
        given = given_by(CourseAssignmentFieldsSerializer, request)
        found = selectors.accounts_by_address(given.pop("markers"))
        rows = [(one["text_zh"], one["text_en"], one["points"]) for one in given.pop("criteria")]
        # An unknown address is no account: the service says what is wrong with the markers.
        markers = tuple(key or 0 for key in found.values())
        fields = AssignmentFields(**given, criteria=tuple(rows), markers=markers)
        made = services.set_assignment(request.actor, course=course, fields=fields)
        return Response(_assignment(made))

    def _course(self, code: str) -> Course:
        return get_object_or_404(Course.objects.visible_to(self.request.actor), code=code)


def _assignment(assignment: Assignment) -> dict[str, Any]:
    names = ("brief_zh", "brief_en", "pass_mark", "apart", "attempts", "days")
    criteria = CourseCriterionSerializer(assignment.criteria.order_by("position"), many=True).data
    return {**{name: getattr(assignment, name) for name in names}, "criteria": criteria}


class NewestWorks(NewestFirst):
    ordering = "-handed_in_at"


class CourseWorkSerializer(serializers.Serializer[Any]):
    """What was handed in. `score`: of 100, once it is marked."""

    id = serializers.UUIDField()
    enrolment = serializers.UUIDField(source="enrolment_id")
    number = serializers.IntegerField()
    text = serializers.CharField()
    handed_in_at = serializers.DateTimeField()
    status = serializers.CharField()
    score = serializers.FloatField(source="percent", allow_null=True)
    is_passed = serializers.BooleanField(allow_null=True)
    marked_at = serializers.DateTimeField(allow_null=True)
    files = serializers.SerializerMethodField()

    def get_files(self, work: Work) -> list[str]:
        return [one.file.get_absolute_url() for one in work.files.all()]


class NewCourseWorkSerializer(serializers.Serializer[Any]):
    """`files`: ids of your uploads with the purpose `assessment.work`."""

    enrolment = serializers.UUIDField()
    text = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    files = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=5
    )


class WorkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Work]):
    """One's own works and those of the party's people; for who teaches and runs the training, too,
    but never for who marks them, until they are marked."""

    queryset = Work.objects.none()
    serializer_class = CourseWorkSerializer
    pagination_class = NewestWorks
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Work]:
        return Work.objects.visible_to(self.request.actor).prefetch_related("files__file")

    @writes(CourseWorkSerializer, status=201, request=NewCourseWorkSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        given = given_by(NewCourseWorkSerializer, request)
        work = services.hand_in_work(
            request.actor,
            enrolment=enrolment_named(request, given["enrolment"]),
            text=given["text"],
            file_ids=given["files"],
        )
        return Response(CourseWorkSerializer(work).data, status=201)


class NewestMarks(NewestFirst):
    ordering = "-asked_at"


class CourseMarkSerializer(serializers.Serializer[Any]):
    """A work that waits for your mark, or has it. Nothing here says whose it is; `others` stays
    empty until you have given your own."""

    id = serializers.UUIDField()
    code = serializers.CharField(source="work.code")
    course = serializers.CharField(source="work.assignment.course.code")
    text = serializers.CharField(source="work.text")
    files = serializers.SerializerMethodField()
    criteria = serializers.SerializerMethodField()
    due_at = serializers.DateTimeField()
    points = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    words = serializers.CharField()
    given_at = serializers.DateTimeField(allow_null=True)
    others = serializers.SerializerMethodField()

    def get_files(self, mark: Mark) -> list[str]:
        return [one.file.get_absolute_url() for one in mark.work.files.all()]

    def get_criteria(self, mark: Mark) -> list[dict[str, Any]]:
        rows: list[Criterion] = list(mark.work.assignment.criteria.all())
        return [{"text": one.text, "points": one.points} for one in rows]

    def get_others(self, mark: Mark) -> list[list[int]]:
        if mark.given_at is None:
            return []
        rows = [one for one in mark.work.marks.all() if one.pk != mark.pk and one.given_at]
        return [list(one.points or ()) for one in sorted(rows, key=lambda one: one.place)]


class GivenCourseMarkSerializer(serializers.Serializer[Any]):
    """`points`: of each criterion, in its order."""

    points = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=100), max_length=12
    )
    words = serializers.CharField(max_length=2000)


class MarkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Mark]):
    """What one marks, oneself."""

    queryset = Mark.objects.none()
    serializer_class = CourseMarkSerializer
    pagination_class = NewestMarks
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Mark]:
        rows = Mark.objects.filter(marker=self.request.actor.user_id)
        rows = rows.select_related("work__assignment__course")
        return rows.prefetch_related(
            "work__files__file", "work__marks", "work__assignment__criteria"
        )

    @writes(CourseMarkSerializer, request=GivenCourseMarkSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def giving(self, request: Request, pk: str) -> Response:
        """Once; it stays as it is."""
        given = given_by(GivenCourseMarkSerializer, request)
        services.give_mark(request.actor, mark=self.get_object(), **given)
        return Response(CourseMarkSerializer(self.get_object()).data)


class NewCourseFeedbackSerializer(serializers.Serializer[Any]):
    enrolment = serializers.UUIDField()
    stars = serializers.IntegerField(min_value=1, max_value=5)
    words = serializers.CharField(max_length=600, required=False, allow_blank=True, default="")


class CourseFeedbackSerializer(serializers.Serializer[Any]):
    """What people say of a session, without their names. From five answers on; below, the count
    alone."""

    count = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    words = serializers.ListField(child=serializers.CharField())


class FeedbackViewSet(viewsets.GenericViewSet[Session]):
    """Feedback on sessions, by the session's number; for who teaches it."""

    queryset = Session.objects.none()
    serializer_class = CourseFeedbackSerializer
    lookup_value_converter = "int"

    @reads(CourseFeedbackSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        session = get_object_or_404(Session.objects.visible_to(request.actor), pk=pk)
        can_teach(request.actor, session).require()
        return Response(CourseFeedbackSerializer(selectors.feedback_of(session)).data)

    @writes(NewCourseFeedbackSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        """Once, after the end."""
        given = given_by(NewCourseFeedbackSerializer, request)
        enrolment = enrolment_named(request, given.pop("enrolment"))
        services.give_feedback(request.actor, enrolment=enrolment, **given)
        return Response({"enrolment": enrolment.pk, **given}, status=201)
