"""Sessions of courses over the API: their seats, enrolling, and who was there."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core import clock
from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import KeysetPagination
from portal.core.api.schema import reads, writes
from portal.core.verdict import Refused, conflict, forbidden
from portal.core.web import whole_number
from training.courses.api.courses import given_by
from training.courses.api.sessions import SessionSerializer
from training.courses.models import Meeting, Session, SessionQuerySet
from training.courses.rules import can_teach
from training.courses.services import change_room
from training.learning import selectors, services
from training.learning.api.enrolments import shown
from training.learning.api.messages import ClassMessageSerializer, NewClassMessageSerializer
from training.learning.api.rosters import (
    CourseRoomSerializer,
    EverybodySerializer,
    EverybodyThereSerializer,
    PresenceFieldsSerializer,
    PresenceShapeSerializer,
    RoomCodeSerializer,
    RosterRowSerializer,
    ScanSerializer,
    WhereaboutsSerializer,
)
from training.learning.api.shapes import EnrolmentSerializer, WholeEnrolmentSerializer
from training.learning.fields import EnrolFields, PresenceFields
from training.learning.models import Enrolment


class CourseMeetingSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    position = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class ReachSerializer(serializers.Serializer[Any]):
    """For who joins at this moment: minutes missed of those planned, and the most percent of them
    that can still be attended."""

    missed_minutes = serializers.IntegerField()
    planned_minutes = serializers.IntegerField()
    percent = serializers.IntegerField()


class WholeSessionSerializer(SessionSerializer):
    """With the planned hours, how many wait in line, and what is missed already."""

    meetings = CourseMeetingSerializer(many=True, source="meetings.all")
    waiting = serializers.SerializerMethodField()
    reach = serializers.SerializerMethodField()

    @extend_schema_field(ReachSerializer)
    def get_reach(self, session: Session) -> dict[str, Any]:
        return dict(ReachSerializer(selectors.reach_of(session, clock.now())).data)

    def get_waiting(self, session: Session) -> int:
        return selectors.waiting_in(session)


class EnrolSerializer(serializers.Serializer[Any]):
    """Oneself where nobody is named. `user` or `member`: somebody of the acting party, by their
    account or their row in its team."""

    user = serializers.IntegerField(
        min_value=1, max_value=2**31, required=False, allow_null=True, default=None
    )
    member = serializers.UUIDField(required=False, allow_null=True, default=None)


class CourseSessionViewSet(viewsets.GenericViewSet[Session]):
    """Sessions that are open, run or are over; planned ones for who teaches and who runs them."""

    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    pagination_class = KeysetPagination
    lookup_value_regex = "[0-9]+"

    def get_permissions(self) -> list[Any]:
        is_open = self.action in {"list", "retrieve"}
        return [AllowAny()] if is_open else list(super().get_permissions())

    def get_queryset(self) -> SessionQuerySet:
        return Session.objects.visible_to(self.request.actor).whole()

    def get_object(self) -> Session:
        return get_object_or_404(self.get_queryset(), pk=whole_number(self.kwargs["pk"]))

    @reads(
        SessionSerializer(many=True),
        OpenApiParameter("course", str, description="Its code."),
        OpenApiParameter("taught", bool, description="Those that you teach."),
    )
    def list(self, request: Request) -> Response:
        """The newest first."""
        rows = self.get_queryset()
        if request.query_params.get("taught", "").lower() in {"1", "true"}:
            who = request.actor.user_id
            rows = rows.taught_by(who) if who else rows.none()
        if code := request.query_params.get("course", "").replace("\x00", ""):
            rows = rows.filter(course__code=code)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(SessionSerializer(page, many=True).data)

    @reads(WholeSessionSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(WholeSessionSerializer(self.get_object()).data)

    @writes(WholeEnrolmentSerializer, status=201, request=EnrolSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def enrolment(self, request: Request, pk: str) -> Response:
        """A seat, a place in line, or the reason why not: at once."""
        session, party = self.get_object(), request.actor.party
        if party is None:
            reason = _("Register a party first: courses are taken by a party's people.")
            raise Refused(forbidden(reason))
        given = given_by(EnrolSerializer, request)
        fields = EnrolFields(uuid.uuid4().hex, given["user"], given["member"])
        made = services.enrol(request.actor, session=session, party=party, fields=fields)
        whole = Enrolment.objects.whole().get(pk=made.pk)
        return Response(shown(whole, self.get_serializer_context()), status=201)

    @reads(RosterRowSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def roster(self, request: Request, pk: str) -> Response:
        """Everybody with a seat, by name, for who teaches it."""
        rows = selectors.roster_of(self._taught())
        return Response(RosterRowSerializer(rows, many=True).data)

    @writes(PresenceShapeSerializer, request=PresenceFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def presence(self, request: Request, pk: str) -> Response:
        """Write down who was there from when to when; written again it is put right."""
        given = given_by(PresenceFieldsSerializer, request)
        enrolment, meeting = self._whereabouts(given)
        fields = PresenceFields(given["arrived_at"], given["left_at"])
        made = services.record_presence(
            request.actor, enrolment=enrolment, meeting=meeting, fields=fields
        )
        return Response(PresenceShapeSerializer(made).data)

    @writes(EnrolmentSerializer, request=WhereaboutsSerializer)
    @action(detail=True, methods=["post"], url_path="presence-removal")
    @idempotent
    def presence_removal(self, request: Request, pk: str) -> Response:
        """They were not there after all."""
        enrolment, meeting = self._whereabouts(given_by(WhereaboutsSerializer, request))
        services.clear_presence(request.actor, enrolment=enrolment, meeting=meeting)
        return Response(EnrolmentSerializer(Enrolment.objects.whole().get(pk=enrolment.pk)).data)

    @writes(EverybodyThereSerializer, request=EverybodySerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def everybody(self, request: Request, pk: str) -> Response:
        """All with a seat but these were there; who is written down already stays as they are."""
        given = given_by(EverybodySerializer, request)
        count = services.record_everybody(
            request.actor, meeting=self._meeting(given["meeting"]), absent=given["absent"]
        )
        return Response(EverybodyThereSerializer({"written": count}).data)

    @writes(SessionSerializer, request=CourseRoomSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def room(self, request: Request, pk: str) -> Response:
        """Another venue or link, by who teaches; everybody who enrolled is told."""
        given = given_by(CourseRoomSerializer, request)
        moved = change_room(request.actor, session=self.get_object(), place=given["place"])
        return Response(SessionSerializer(moved).data)

    @reads(ClassMessageSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def messages(self, request: Request, pk: str) -> Response:
        """The newest first; empty for who has no seat and does not teach it."""
        rows = selectors.messages_of(request.actor, self.get_object())
        return Response(ClassMessageSerializer(rows, many=True).data)

    @writes(ClassMessageSerializer, status=201, request=NewClassMessageSerializer)
    @messages.mapping.post
    @idempotent
    def tell(self, request: Request, pk: str) -> Response:
        """To everybody with a seat, by who teaches; it cannot be taken back."""
        given = given_by(NewClassMessageSerializer, request)
        said = services.tell_class(request.actor, session=self.get_object(), text=given["text"])
        return Response(ClassMessageSerializer(said).data, status=201)

    @reads(RoomCodeSerializer)
    @action(detail=True, url_path="meetings/(?P<meeting>[0-9]+)/code", pagination_class=None)
    def code(self, request: Request, pk: str, meeting: str) -> Response:
        """The code of a meeting, for the room's screen."""
        held = self._meeting(whole_number(meeting))
        code = services.room_code(held)
        address = request.build_absolute_uri(reverse("room_scan", args=[code]))
        return Response(RoomCodeSerializer({"code": code, "address": address}).data)

    def _taught(self) -> Session:
        session = self.get_object()
        can_teach(self.request.actor, session).require()
        return session

    def _meeting(self, key: int | None) -> Meeting:
        rows = self._taught().meetings.select_related("session")
        return get_object_or_404(rows, pk=key)

    def _whereabouts(self, given: dict[str, Any]) -> tuple[Enrolment, Meeting]:
        meeting = self._meeting(given["meeting"])
        rows = Enrolment.objects.filter(session=meeting.session_id).whole()
        return get_object_or_404(rows, pk=given["enrolment"]), meeting


class PresenceScanView(APIView):
    """The code in the room, as a phone sends it."""

    @writes(EnrolmentSerializer, request=ScanSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """On the list, once, however often it is sent."""
        given = given_by(ScanSerializer, request)
        meeting = services.meeting_of_code(given["code"])
        seats = selectors.scanned_by(request.actor, meeting)
        if given["enrolment"]:
            seats = [one for one in seats if one.pk == given["enrolment"]]
        if not seats:
            raise Refused(conflict(_("Only who has a seat is on the roster.")))
        services.scan_in(request.actor, enrolment=seats[0], code=given["code"])
        return Response(EnrolmentSerializer(Enrolment.objects.whole().get(pk=seats[0].pk)).data)
