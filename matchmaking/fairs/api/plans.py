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
from matchmaking.fairs.states import BrandSize, ChangeKind
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


class PlanPlaceSerializer(serializers.Serializer[Any]):
    slot = serializers.IntegerField()
    table = serializers.IntegerField()


class PlanChangeSerializer(serializers.Serializer[Any]):
    """A meeting that is elsewhere, new or gone beside the plan `beside`."""

    kind = serializers.ChoiceField([kind.value for kind in ChangeKind])
    left = serializers.UUIDField()
    right = serializers.UUIDField()
    before = PlanPlaceSerializer(allow_null=True)
    after = PlanPlaceSerializer(allow_null=True)


class PlanUnmetSerializer(serializers.Serializer[Any]):
    """A must without a meeting, or (without `other`) somebody with too few of them."""

    sign_up = serializers.UUIDField(source="one.pk")
    other = serializers.UUIDField(source="other.pk", allow_null=True, default=None)
    got = serializers.IntegerField()
    wanted = serializers.IntegerField()
    reason = serializers.CharField()


class PlanKeptSerializer(serializers.Serializer[Any]):
    """Meetings that break each hard rule, counted now; 0 where all is well."""

    in_breaks = serializers.IntegerField()
    nowhere = serializers.IntegerField()
    refused = serializers.IntegerField()
    without_seat = serializers.IntegerField()


class PlanHeadsSerializer(serializers.Serializer[Any]):
    """`counts[i]` of one side have `names[i]` meetings."""

    is_brands = serializers.BooleanField()
    mean = serializers.FloatField()
    names = serializers.ListField(child=serializers.IntegerField())
    counts = serializers.ListField(child=serializers.IntegerField())


class WholePlanSerializer(MeetingPlanSerializer):
    gap_percent = serializers.FloatField()
    meetings = serializers.SerializerMethodField()
    spread = serializers.SerializerMethodField()
    heads = serializers.SerializerMethodField()
    kept = serializers.SerializerMethodField()
    unmet = serializers.SerializerMethodField()
    beside = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()

    @extend_schema_field(PlanHeadsSerializer(many=True))
    def get_heads(self, plan: MeetingPlan) -> Any:
        return PlanHeadsSerializer(selectors.heads_of(plan), many=True).data

    @extend_schema_field(PlanKeptSerializer)
    def get_kept(self, plan: MeetingPlan) -> Any:
        return PlanKeptSerializer(selectors.kept_rules(plan)).data

    @extend_schema_field(PlanUnmetSerializer(many=True))
    def get_unmet(self, plan: MeetingPlan) -> Any:
        return PlanUnmetSerializer(selectors.unmet_of(plan), many=True).data

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_beside(self, plan: MeetingPlan) -> int | None:
        """The number of the plan that the changes are against."""
        before = selectors.plan_before(plan)
        return before.number if before else None

    @extend_schema_field(PlanChangeSerializer(many=True))
    def get_changes(self, plan: MeetingPlan) -> Any:
        if (before := selectors.plan_before(plan)) is None:
            return []
        places = sorted(selectors.difference(before, plan).places.items())
        rows = (
            {
                "kind": selectors.kind_of(was, now),
                "left": left,
                "right": right,
                "before": was,
                "after": now,
            }
            for (left, right), (was, now) in places
        )
        return PlanChangeSerializer(rows, many=True).data

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
