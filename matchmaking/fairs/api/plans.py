"""Plans of meetings over the API: how good they are, and what operators change of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation.api import CooperationSerializer, ProposedTermsSerializer
from matchmaking.cooperation.rules import can_propose_cooperation
from matchmaking.fairs import rules, selectors, services
from matchmaking.fairs.door import through
from matchmaking.fairs.models import Fair, Meeting, MeetingPlan
from matchmaking.fairs.states import BrandSize
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes

MOST = 2**31


class PlannedMeetingSerializer(serializers.Serializer[Any]):
    """`slot` and `table` count from 0; the sign-ups are of a merchant and of whom it meets."""

    id = serializers.IntegerField(source="pk")
    left = serializers.UUIDField(source="left_id")
    right = serializers.UUIDField(source="right_id")
    slot = serializers.IntegerField()
    table = serializers.IntegerField()
    worth = serializers.IntegerField()
    is_fixed = serializers.BooleanField()


class MeetingPlanSerializer(serializers.Serializer[Any]):
    """`version` counts what was changed by hand; whoever changes says which one they saw."""

    id = serializers.IntegerField(source="pk")
    fair = serializers.IntegerField(source="fair_id")
    number = serializers.IntegerField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    value = serializers.FloatField()
    upper_bound = serializers.FloatField()
    shortfall_bound = serializers.IntegerField()
    seconds = serializers.FloatField()
    made_at = serializers.DateTimeField()


class PlanSpreadSerializer(serializers.Serializer[Any]):
    """Meetings of brands of one size; without one, of all brands."""

    size = serializers.ChoiceField(BrandSize.choices, allow_null=True)
    brands = serializers.IntegerField()
    meetings = serializers.IntegerField()
    mean = serializers.FloatField()
    least = serializers.IntegerField()
    gini = serializers.FloatField(allow_null=True)


class WholePlanSerializer(MeetingPlanSerializer):
    meetings = serializers.SerializerMethodField()
    spread = serializers.SerializerMethodField()

    @extend_schema_field(PlanSpreadSerializer(many=True))
    def get_spread(self, plan: MeetingPlan) -> Any:
        return PlanSpreadSerializer(selectors.spread_of(plan), many=True).data

    @extend_schema_field(PlannedMeetingSerializer(many=True))
    def get_meetings(self, plan: MeetingPlan) -> Any:
        rows = plan.meetings.order_by("slot", "table")
        return PlannedMeetingSerializer(rows, many=True).data


class MeetingVersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=MOST, required=False)


class MovedMeetingSerializer(MeetingVersionSerializer):
    slot = serializers.IntegerField(min_value=0, max_value=10_000)
    table = serializers.IntegerField(min_value=0, max_value=10_000)


class FixedSerializer(MeetingVersionSerializer):
    is_fixed = serializers.BooleanField()


class PlanViewSet(viewsets.GenericViewSet[MeetingPlan]):
    """Plans of meetings, for the operators."""

    queryset = MeetingPlan.objects.none()
    serializer_class = WholePlanSerializer

    def get_queryset(self) -> QuerySet[MeetingPlan]:
        rules.can_run_fairs(self.request.actor).require()
        fairs = Fair.objects.visible_to(self.request.actor)
        return MeetingPlan.objects.filter(fair__in=fairs).select_related("fair__city")

    @reads(WholePlanSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """How good it is proved to be, and its meetings."""
        return Response(WholePlanSerializer(self.get_object()).data)

    @writes(MeetingPlanSerializer, request=MeetingVersionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, pk: str) -> Response:
        """It replaces the one before; everybody whose day changes is told."""
        form = MeetingVersionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.publish_plan(
            request.actor, plan=self.get_object(), seen=form.validated_data.get("version")
        )
        return Response(MeetingPlanSerializer(done).data)


class MeetingViewSet(viewsets.GenericViewSet[Meeting]):
    """One meeting of a plan, for the operators; what comes of it, for the two who meet."""

    queryset = Meeting.objects.none()
    serializer_class = PlannedMeetingSerializer

    def get_queryset(self) -> QuerySet[Meeting]:
        if self.action == "cooperation":
            return selectors.own_meetings(self.request.actor)
        rules.can_run_fairs(self.request.actor).require()
        fairs = Fair.objects.visible_to(self.request.actor)
        return Meeting.objects.filter(plan__fair__in=fairs).select_related("plan__fair__city")

    @writes(PlannedMeetingSerializer, request=MovedMeetingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def place(self, request: Request, pk: str) -> Response:
        """Move it to another table or time; who stands there changes places with it."""
        form = MovedMeetingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        done = services.move_meeting(
            request.actor,
            meeting=self.get_object(),
            place=rules.Place(given["slot"], given["table"]),
            seen=given.get("version"),
        )
        return Response(PlannedMeetingSerializer(done).data)

    @writes(PlannedMeetingSerializer, request=FixedSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def fixing(self, request: Request, pk: str) -> Response:
        """Have it stand when the plan is made anew, or no longer."""
        form = FixedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.fix_meeting(
            request.actor,
            meeting=self.get_object(),
            fixed=form.validated_data["is_fixed"],
            seen=form.validated_data.get("version"),
        )
        return Response(PlannedMeetingSerializer(done).data)

    @writes(CooperationSerializer, status=201, request=ProposedTermsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def cooperation(self, request: Request, pk: str) -> Response:
        """Propose to work together to whom one met: the fair's return follows its orders. The
        other side has seven days."""
        meeting = self.get_object()
        other = selectors.met_by(request.actor, meeting)
        can_propose_cooperation(request.actor, other).require()
        form = ProposedTermsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = form.propose(request.actor, other, through(meeting))
        return Response(CooperationSerializer(made).data, status=201)
