"""The catalogue over the API: courses, their lessons with one's progress, programmes, and what
would help the acting party most."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import reads, reads_file, writes
from portal.core.files.streaming import stream_file
from portal.core.web import whole_number
from portal.parties.states import PartyKind
from training.courses.api.courses import CourseSerializer
from training.courses.api.programmes import ProgrammeSerializer
from training.courses.api.sessions import SessionSerializer
from training.courses.files import can_read_materials
from training.courses.models import Course, Lesson, Material, Programme
from training.courses.rules.courses import can_read_lessons
from training.courses.states import CourseKind
from training.learning import selectors, services
from training.learning.api.enrolments import shown
from training.learning.api.shapes import EnrolmentSerializer, WholeEnrolmentSerializer
from training.learning.models import Enrolment
from training.learning.selectors import Wanted, month_of


class JoinableFirst(NewestFirst):
    """As the catalogue's page orders them."""

    ordering = "turn"


class ListedCourseSerializer(serializers.Serializer[Any]):
    """With the next session that can be joined, and one's own enrolment."""

    course = CourseSerializer()
    next = SessionSerializer(allow_null=True)
    own = EnrolmentSerializer(allow_null=True)


class LessonRowSerializer(serializers.Serializer[Any]):
    """`is_open`: to read for this person."""

    position = serializers.IntegerField(source="lesson.position")
    title = serializers.CharField(source="lesson.title")
    minutes = serializers.IntegerField(source="lesson.minutes")
    is_required = serializers.BooleanField(source="lesson.is_required")
    is_done = serializers.BooleanField()
    is_open = serializers.BooleanField()


class WholeCourseSerializer(ListedCourseSerializer):
    """With its lessons, what it asks to have completed before, and the sessions ahead."""

    needs = serializers.ListField(child=serializers.CharField())
    lessons = LessonRowSerializer(many=True)
    sessions = SessionSerializer(many=True)


class LessonSerializer(serializers.Serializer[Any]):
    """A lesson in the language of the request, in Markdown."""

    course = serializers.CharField(source="course.code")
    position = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    minutes = serializers.IntegerField()
    is_required = serializers.BooleanField()


class CourseMaterialSerializer(serializers.Serializer[Any]):
    """A file to the course. Its bytes are at `file`, for who is enrolled, teaches or runs it; empty
    for others."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    name = serializers.CharField(source="file.name")
    content_type = serializers.CharField(source="file.content_type")
    size = serializers.IntegerField(source="file.size", help_text="Bytes")
    added_at = serializers.DateTimeField()
    file = serializers.SerializerMethodField()

    def get_file(self, material: Material) -> str:
        kwargs = {"code": material.course.code, "material": material.pk}
        address = reverse("api-course-material", kwargs=kwargs)
        return address if self.context["is_open"] else ""


class RecommendedCourseSerializer(serializers.Serializer[Any]):
    """A course, and why: the indicator it lifts, which stands at `score` percent of the way
    between its goalposts in that period."""

    course = CourseSerializer()
    indicator = serializers.CharField()
    name = serializers.CharField()
    score = serializers.FloatField()
    period = serializers.CharField()


class CourseViewSet(viewsets.GenericViewSet[Course]):
    """What is taught."""

    queryset = Course.objects.none()
    serializer_class = CourseSerializer
    pagination_class = JoinableFirst
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9-]+"

    def get_permissions(self) -> list[Any]:
        is_open = self.action in {"list", "retrieve", "lesson", "materials"}
        return [AllowAny()] if is_open else list(super().get_permissions())

    def get_queryset(self) -> QuerySet[Course]:
        return Course.objects.visible_to(self.request.actor)

    @reads(
        ListedCourseSerializer(many=True),
        OpenApiParameter("q", str, description="Words, pinyin or initials."),
        OpenApiParameter("audience", str, enum=PartyKind.values),
        OpenApiParameter("kind", str, enum=CourseKind.values),
        OpenApiParameter("indicator", str, description="Of the evaluation, such as I1."),
        OpenApiParameter("month", str, description="In which a session begins, as 2026-12."),
    )
    def list(self, request: Request) -> Response:
        """What can be joined now first, the soonest; then what is at one's own pace; then what is
        full, opens later or is not planned yet."""
        given = {
            name: request.query_params.get(name, "")[:80].replace("\x00", "")
            for name in ("q", "audience", "kind", "indicator", "month")
        }
        wanted = Wanted(
            words=given["q"].strip(),
            audience=given["audience"],
            kind=given["kind"],
            indicator=given["indicator"],
            month=month_of(given["month"]),
        )
        page = self.paginate_queryset(selectors.courses_for(request.actor, wanted)) or []
        cards = selectors.cards_of(request.actor, page)
        return self.get_paginated_response(ListedCourseSerializer(cards, many=True).data)

    @reads(WholeCourseSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        course = self.get_object()
        [card] = selectors.cards_of(request.actor, [course])
        needs = Course.objects.filter(opens__course=course).order_by("code")
        return Response(
            WholeCourseSerializer(
                {
                    "course": course,
                    "next": card.next,
                    "own": card.own,
                    "needs": [one.code for one in needs],
                    "lessons": selectors.reader_of(request.actor, course).rows,
                    "sessions": selectors.sessions_of(request.actor, course),
                }
            ).data
        )

    @reads(RecommendedCourseSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def recommended(self, request: Request) -> Response:
        """Up to three, for the weakest figures of the acting party's own evaluation."""
        rows = selectors.recommended_for(request.actor)
        return Response(RecommendedCourseSerializer(rows, many=True).data)

    @reads(LessonSerializer)
    @action(detail=True, url_path="lessons/(?P<position>[0-9]+)", pagination_class=None)
    def lesson(self, request: Request, code: str, position: str) -> Response:
        """The first is everybody's to read."""
        lesson = self._lesson(position)
        rows = selectors.reader_of(request.actor, lesson.course).rows
        is_open = any(row.is_open for row in rows if row.lesson.pk == lesson.pk)
        can_read_lessons(request.actor, lesson.course, is_open).require()
        return Response(LessonSerializer(lesson).data)

    @writes(WholeEnrolmentSerializer, request=None)
    @action(detail=True, methods=["post"], url_path="lessons/(?P<position>[0-9]+)/completion")
    @idempotent
    def lesson_completion(self, request: Request, code: str, position: str) -> Response:
        """Done: what has come of the enrolment since."""
        lesson = self._lesson(position)
        enrolment = selectors.reader_of(request.actor, lesson.course).enrolment
        if enrolment is None:
            raise Http404
        services.finish_lesson(request.actor, enrolment=enrolment, lesson=lesson)
        whole = Enrolment.objects.whole().get(pk=enrolment.pk)
        return Response(shown(whole, self.get_serializer_context()))

    @reads(CourseMaterialSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def materials(self, request: Request, code: str) -> Response:
        """The files to a course, the oldest first."""
        course = self.get_object()
        rows = course.materials.shown().select_related("course", "file").order_by("added_at", "pk")
        shown = {"is_open": bool(can_read_materials(request.actor, course))}
        return Response(CourseMaterialSerializer(rows, many=True, context=shown).data)

    @reads_file("application/octet-stream")
    @action(detail=True, url_path="materials/(?P<material>[0-9]+)", pagination_class=None)
    def material(self, request: Request, code: str, material: str) -> StreamingHttpResponse:
        """The file itself, in pieces."""
        rows = self.get_object().materials.shown().select_related("file")
        found = get_object_or_404(rows, pk=whole_number(material))
        return stream_file(request.actor, found.file)

    def _lesson(self, position: str) -> Lesson:
        lessons = self.get_object().lessons.select_related("course")
        return get_object_or_404(lessons, position=whole_number(position))


class ProgrammeStepShapeSerializer(serializers.Serializer[Any]):
    course = serializers.CharField(source="course.code")
    title = serializers.CharField(source="course.title")
    is_required = serializers.BooleanField()


class WholeProgrammeSerializer(ProgrammeSerializer):
    """With its courses in their order."""

    courses = ProgrammeStepShapeSerializer(many=True, source="steps.all")


class ProgrammeViewSet(viewsets.GenericViewSet[Programme]):
    """Courses in an order: what is published for everybody, and one's own paths."""

    queryset = Programme.objects.none()
    serializer_class = ProgrammeSerializer
    pagination_class = None
    permission_classes = (AllowAny,)
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9-]+"

    def get_queryset(self) -> QuerySet[Programme]:
        return Programme.objects.visible_to(self.request.actor).running()

    @reads(ProgrammeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """By their codes."""
        rows = self.get_queryset().order_by("code")
        return Response(ProgrammeSerializer(rows, many=True).data)

    @reads(WholeProgrammeSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        rows = self.get_queryset().prefetch_related("steps__course")
        return Response(WholeProgrammeSerializer(get_object_or_404(rows, code=code)).data)
