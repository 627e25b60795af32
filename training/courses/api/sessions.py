"""Sessions of courses over the API, for who runs the training."""

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
from training.courses import rules, services
from training.courses.api.courses import given_by
from training.courses.fields import SessionFields
from training.courses.models import Course, Session

MOST_INSTRUCTORS = 20
MOST_KEY = 2**31


class SessionSerializer(serializers.Serializer[Any]):
    """When a course is held. `free`: seats that can be taken now; the link of a live room is told
    to who has a seat."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    course = serializers.CharField(source="course.code")
    form = serializers.CharField()
    city = serializers.IntegerField(source="city_id", allow_null=True)
    venue = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    opens_at = serializers.DateTimeField(source="occasion.opens_at")
    joins_until = serializers.DateTimeField()
    cancels_until = serializers.DateTimeField()
    finishes_until = serializers.DateTimeField()
    seats = serializers.IntegerField(source="pool.capacity")
    free = serializers.IntegerField(source="pool.free")
    most_per_party = serializers.IntegerField()
    status = serializers.CharField()
    reason = serializers.CharField()


class HoursSerializer(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class SessionFieldsSerializer(serializers.Serializer[Any]):
    """`meetings` are the planned hours; at one's own pace there are none, and the session lasts
    from `starts_at` to `ends_at`. `instructors`: people by their numbers."""

    opens_at = serializers.DateTimeField()
    joins_until = serializers.DateTimeField()
    cancels_until = serializers.DateTimeField()
    finishes_until = serializers.DateTimeField()
    seats = serializers.IntegerField(min_value=1, max_value=20_000)
    most_per_party = serializers.IntegerField(
        min_value=1, max_value=1_000, required=False, default=5
    )
    meetings = HoursSerializer(many=True, required=False, default=list)
    starts_at = serializers.DateTimeField(allow_null=True, required=False, default=None)
    ends_at = serializers.DateTimeField(allow_null=True, required=False, default=None)
    city_id = serializers.IntegerField(
        min_value=1, max_value=MOST_KEY, allow_null=True, required=False, default=None
    )
    venue = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    link = serializers.URLField(max_length=300, required=False, allow_blank=True, default="")
    offer_hours = serializers.IntegerField(min_value=1, max_value=168, required=False, default=24)
    instructors = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_KEY),
        max_length=MOST_INSTRUCTORS,
        required=False,
        default=list,
    )


class PlannedSessionSerializer(SessionFieldsSerializer):
    """With the code of the course."""

    course = serializers.SlugRelatedField(slug_field="code", queryset=Course.objects.all())


class SessionReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class SessionDeskViewSet(viewsets.GenericViewSet[Session]):
    """Planning sessions, for who runs the training."""

    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    pagination_class = None
    lookup_value_regex = "[0-9]+"

    def get_object(self) -> Session:
        rules.can_run_training(self.request.actor).require()
        return get_object_or_404(Session.objects.whole(), pk=whole_number(self.kwargs["pk"]))

    @writes(SessionSerializer, status=201, request=PlannedSessionSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Planned: seen by operators and its instructors only."""
        rules.can_run_training(request.actor).require()
        given = given_by(PlannedSessionSerializer, request)
        course = given.pop("course")
        made = services.create_session(request.actor, course=course, fields=_fields(given))
        return Response(SessionSerializer(made).data, status=201)

    @writes(SessionSerializer, request=SessionFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Everybody who enrolled is told when it moves; seats shrink to those taken at most."""
        session = self.get_object()
        fields = _fields(given_by(SessionFieldsSerializer, request))
        changed = services.change_session(request.actor, session=session, fields=fields)
        return Response(SessionSerializer(changed).data)

    @writes(SessionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def opening(self, request: Request, pk: str) -> Response:
        """Everybody sees it; enrolling opens by its clock."""
        return self._step(services.open_session)

    @writes(SessionSerializer, request=SessionReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def cancellation(self, request: Request, pk: str) -> Response:
        """Every seat is given back, and everybody is told why."""
        why = given_by(SessionReasonSerializer, request)["reason"]
        return self._step(services.cancel_session, why=why)

    def _step(self, service: Callable[..., Session], **given: Any) -> Response:
        done = service(self.request.actor, session=self.get_object(), **given)
        return Response(SessionSerializer(Session.objects.whole().get(pk=done.pk)).data)


def _fields(given: dict[str, Any]) -> SessionFields:
    hours = tuple((one["starts_at"], one["ends_at"]) for one in given["meetings"])
    return SessionFields(
        **(given | {"meetings": hours, "instructors": tuple(given["instructors"])})
    )
