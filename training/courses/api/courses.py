"""Courses and their lessons over the API, for who runs the training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.web import whole_number
from portal.parties.states import PartyKind
from training.courses import rules, services
from training.courses.fields import CourseFields, LessonFields
from training.courses.models import Course, Lesson
from training.courses.rules.courses import MOST_MINUTES
from training.courses.states import CourseKind, Level, Topic


class CourseSerializer(serializers.Serializer[Any]):
    """A course in the language of the request. `indicators`: codes of the evaluation it lifts;
    `certificate_months`: how long its certificate is valid, null where it gives none."""

    code = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    outcomes = serializers.ListField(child=serializers.CharField())
    audience = serializers.ListField(child=serializers.CharField())
    level = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    indicators = serializers.ListField(child=serializers.CharField())
    planned_minutes = serializers.IntegerField()
    needs_lessons = serializers.BooleanField()
    least_attendance = serializers.IntegerField()
    needs_quiz = serializers.BooleanField()
    needs_assignment = serializers.BooleanField()
    certificate_months = serializers.IntegerField(allow_null=True)
    status = serializers.CharField()


class CourseFieldsSerializer(serializers.Serializer[Any]):
    """A course in both languages. `needs`: codes of the courses to complete before; outcomes are a
    line each; `least_attendance` is percent of the planned hours, 0 for none."""

    code = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(CourseKind.choices)
    title_zh = serializers.CharField(max_length=60)
    title_en = serializers.CharField(max_length=120)
    summary_zh = serializers.CharField(max_length=600)
    summary_en = serializers.CharField(max_length=1200)
    outcomes_zh = serializers.CharField(max_length=600)
    outcomes_en = serializers.CharField(max_length=1200)
    audience = serializers.ListField(child=serializers.ChoiceField(PartyKind.choices))
    level = serializers.ChoiceField(Level.choices)
    topics = serializers.ListField(child=serializers.ChoiceField(Topic.choices))
    planned_minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES)
    indicators = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, default=list
    )
    needs = serializers.SlugRelatedField(
        slug_field="code", queryset=Course.objects.all(), many=True, required=False
    )
    needs_lessons = serializers.BooleanField(required=False, default=True)
    least_attendance = serializers.IntegerField(
        min_value=0, max_value=100, required=False, default=0
    )
    needs_quiz = serializers.BooleanField(required=False, default=False)
    needs_assignment = serializers.BooleanField(required=False, default=False)
    certificate_months = serializers.IntegerField(
        min_value=1, max_value=120, allow_null=True, required=False, default=None
    )


class LessonFieldsSerializer(serializers.Serializer[Any]):
    """A lesson in both languages, in Markdown."""

    title_zh = serializers.CharField(max_length=60)
    title_en = serializers.CharField(max_length=120)
    text_zh = serializers.CharField(max_length=20_000)
    text_en = serializers.CharField(max_length=40_000)
    minutes = serializers.IntegerField(min_value=1, max_value=600)
    is_required = serializers.BooleanField(required=False, default=True)


class WrittenLessonSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    minutes = serializers.IntegerField()
    is_required = serializers.BooleanField()


class LessonPlaceSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=1, max_value=rules.MOST_LESSONS)


class NewMaterialSerializer(serializers.Serializer[Any]):
    """`file`: id of your upload with the purpose `courses.material`."""

    title = serializers.CharField(max_length=80)
    file = serializers.UUIDField()


class DeskMaterialSerializer(serializers.Serializer[Any]):
    """`removed_at`: once it is taken down."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    name = serializers.CharField(source="file.name")
    added_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(allow_null=True)


class CourseDeskViewSet(viewsets.GenericViewSet[Course]):
    """Writing courses, for who runs the training."""

    queryset = Course.objects.none()
    serializer_class = CourseSerializer
    pagination_class = None
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9-]+"

    def get_object(self) -> Course:
        rules.can_run_training(self.request.actor).require()
        return get_object_or_404(Course, code=self.kwargs["code"])

    @writes(CourseSerializer, status=201, request=CourseFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """A draft: seen by operators only."""
        rules.can_run_training(request.actor).require()
        made = services.create_course(request.actor, fields=_course_fields(request))
        return Response(CourseSerializer(made).data, status=201)

    @writes(CourseSerializer, request=CourseFieldsSerializer)
    @idempotent
    def update(self, request: Request, code: str) -> Response:
        """Code and kind of a published course stay."""
        course = self.get_object()
        fields = _course_fields(request)
        changed = services.change_course(request.actor, course=course, fields=fields)
        return Response(CourseSerializer(changed).data)

    @writes(CourseSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, code: str) -> Response:
        """Everybody sees it."""
        return self._step(services.publish_course)

    @writes(CourseSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def archive(self, request: Request, code: str) -> Response:
        """No session of it is planned any more; what was learned stays."""
        return self._step(services.archive_course)

    @writes(WrittenLessonSerializer, status=201, request=LessonFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def lessons(self, request: Request, code: str) -> Response:
        """Add one at the end."""
        course = self.get_object()
        fields = LessonFields(**given_by(LessonFieldsSerializer, request))
        made = services.add_lesson(request.actor, course=course, fields=fields)
        return Response(WrittenLessonSerializer(made).data, status=201)

    @writes(WrittenLessonSerializer, request=LessonFieldsSerializer)
    @action(detail=True, methods=["put"], url_path="lessons/(?P<position>[0-9]+)")
    @idempotent
    def lesson(self, request: Request, code: str, position: str) -> Response:
        """Write it again."""
        lesson = self._lesson(position)
        fields = LessonFields(**given_by(LessonFieldsSerializer, request))
        changed = services.change_lesson(request.actor, lesson=lesson, fields=fields)
        return Response(WrittenLessonSerializer(changed).data)

    @writes(WrittenLessonSerializer, request=LessonPlaceSerializer)
    @action(detail=True, methods=["post"], url_path="lessons/(?P<position>[0-9]+)/move")
    @idempotent
    def lesson_move(self, request: Request, code: str, position: str) -> Response:
        """To this place; the others close up."""
        lesson = self._lesson(position)
        place = given_by(LessonPlaceSerializer, request)["position"]
        moved = services.move_lesson(request.actor, lesson=lesson, position=place)
        return Response(WrittenLessonSerializer(moved).data)

    @writes(DeskMaterialSerializer, status=201, request=NewMaterialSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def materials(self, request: Request, code: str) -> Response:
        """Add a file, for who is enrolled."""
        course, given = self.get_object(), given_by(NewMaterialSerializer, request)
        made = services.add_material(
            request.actor, course=course, title=given["title"], file_id=given["file"]
        )
        return Response(DeskMaterialSerializer(made).data, status=201)

    @writes(DeskMaterialSerializer, request=None)
    @action(detail=True, methods=["post"], url_path="materials/(?P<material>[0-9]+)/removal")
    @idempotent
    def material_removal(self, request: Request, code: str, material: str) -> Response:
        """Take it down; its bytes go, too."""
        rows = self.get_object().materials.select_related("course", "file")
        found = get_object_or_404(rows, pk=whole_number(material))
        return Response(
            DeskMaterialSerializer(services.remove_material(request.actor, material=found)).data
        )

    def _lesson(self, position: str) -> Lesson:
        return get_object_or_404(self.get_object().lessons, position=whole_number(position))

    def _step(self, service: Callable[..., Course]) -> Response:
        return Response(
            CourseSerializer(service(self.request.actor, course=self.get_object())).data
        )


def given_by(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _course_fields(request: Request) -> CourseFields:
    given = given_by(CourseFieldsSerializer, request)
    needs = tuple(course.pk for course in given.get("needs", ()))
    return CourseFields(**(given | {"needs": needs}))
