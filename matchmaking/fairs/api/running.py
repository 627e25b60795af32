"""What the operators of fairs do over the API: open, change, publish and cancel a fair, have its
meetings planned, and check in."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.fairs import rules, services
from matchmaking.fairs.api.people import (
    DecisionSerializer,
    FairViewSet,
    SignUpSerializer,
    WholeFairSerializer,
)
from matchmaking.fairs.api.plans import MeetingPlanSerializer
from matchmaking.fairs.fields import CodeFields, FairFields
from matchmaking.fairs.models import SignUp
from matchmaking.fairs.states import FairKind, Measure
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.states import PartyKind
from portal.seats.states import Admission

MOST = 2**31
MOST_CODES = 200


class NewSeatsSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(PartyKind.choices)
    category = serializers.IntegerField(min_value=1, max_value=MOST)
    seats = serializers.IntegerField(min_value=0, max_value=rules.MOST_SEATS)


class NewThresholdSerializer(serializers.Serializer[Any]):
    """The least: hundredths of a reputation, basis points, people or fen."""

    role = serializers.ChoiceField(PartyKind.choices)
    measure = serializers.ChoiceField(Measure.choices)
    least = serializers.IntegerField(min_value=1, max_value=2**53)


class FairFieldsSerializer(serializers.Serializer[Any]):
    """A fair as operators plan it; a change names everything again."""

    title = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(FairKind.choices)
    intro = serializers.CharField(max_length=1000, allow_blank=True, default="")
    city = serializers.IntegerField(source="city_id", min_value=1, max_value=MOST)
    venue = serializers.CharField(max_length=80, allow_blank=True, default="")
    is_online = serializers.BooleanField(default=False)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    admission = serializers.ChoiceField(Admission.choices, default=Admission.INSTANT.value)
    offer_hours = serializers.IntegerField(default=24, min_value=1, max_value=168)
    most_products = serializers.IntegerField(default=3, min_value=1, max_value=20)
    creators_per_agency = serializers.IntegerField(default=5, min_value=0, max_value=200)
    tables = serializers.IntegerField(default=40, min_value=1, max_value=2_000)
    slot_minutes = serializers.IntegerField(default=30, min_value=5, max_value=240)
    cost_fen = serializers.IntegerField(default=0, min_value=0, max_value=2**53)
    seats = serializers.ListField(child=NewSeatsSerializer(), max_length=200)
    thresholds = serializers.ListField(child=NewThresholdSerializer(), max_length=50, default=list)

    def fair_fields(self) -> FairFields:
        given = dict(self.validated_data)
        return FairFields(
            **given
            | {
                "admission": Admission(given["admission"]),
                "seats": {(row["role"], row["category"]): row["seats"] for row in given["seats"]},
                "thresholds": {
                    (row["role"], row["measure"]): row["least"] for row in given["thresholds"]
                },
            }
        )


class SeedSerializer(serializers.Serializer[Any]):
    """The same seed makes the same plan."""

    seed = serializers.IntegerField(default=0, min_value=0, max_value=2**31)


class PlanningSerializer(serializers.Serializer[Any]):
    """The planner at work: ask the plans of the fair until there is a new one."""

    job = serializers.UUIDField(source="pk")
    state = serializers.CharField()


class ArrivalSerializer(serializers.Serializer[Any]):
    """`at`: when the badge was read, if that was without a network."""

    sign_up = serializers.UUIDField()
    at = serializers.DateTimeField(required=False)


class NewCodeSerializer(serializers.Serializer[Any]):
    """`waives`: who has it passes every threshold."""

    most_uses = serializers.IntegerField(min_value=1, max_value=500)
    ends_at = serializers.DateTimeField()
    waives = serializers.BooleanField(default=False)
    note = serializers.CharField(max_length=100, allow_blank=True, default="")


class InvitationCodeSerializer(NewCodeSerializer):
    code = serializers.CharField()
    uses = serializers.IntegerField()
    made_at = serializers.DateTimeField()


class FairRunningViewSet(FairViewSet):
    """The same fairs, for who runs them."""

    @writes(WholeFairSerializer, status=201, request=FairFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Plan one; it is published by itself."""
        rules.can_run_fairs(request.actor).require()
        form = FairFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.create_fair(request.actor, fields=form.fair_fields())
        return Response(WholeFairSerializer(made).data, status=201)

    @writes(WholeFairSerializer, request=FairFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Change it until its day; who signed up is told when it moves."""
        rules.can_run_fairs(request.actor).require()
        form = FairFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.change_fair(request.actor, fair=self.get_object(), fields=form.fair_fields())
        return Response(WholeFairSerializer(self.get_object()).data)

    @writes(WholeFairSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, pk: str) -> Response:
        """Everybody sees it; sign-up opens by its clock."""
        services.publish_fair(request.actor, fair=self.get_object())
        return Response(WholeFairSerializer(self.get_object()).data)

    @writes(WholeFairSerializer, request=DecisionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def cancellation(self, request: Request, pk: str) -> Response:
        """It does not take place; everybody is told why."""
        form = DecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.cancel_fair(
            request.actor, fair=self.get_object(), why=form.validated_data["reason"]
        )
        return Response(WholeFairSerializer(self.get_object()).data)

    @reads(InvitationCodeSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def codes(self, request: Request, pk: str) -> Response:
        """Its invitation codes, the newest first."""
        rules.can_run_fairs(request.actor).require()
        rows = self.get_object().codes.order_by("-pk")[:MOST_CODES]
        return Response(InvitationCodeSerializer(rows, many=True).data)

    @writes(InvitationCodeSerializer, status=201, request=NewCodeSerializer)
    @codes.mapping.post
    @idempotent
    def make_code(self, request: Request, pk: str) -> Response:
        """Opens sign-up early, and past the thresholds if it says so."""
        rules.can_run_fairs(request.actor).require()
        form = NewCodeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = CodeFields(**form.validated_data)
        made = services.make_code(request.actor, fair=self.get_object(), fields=fields)
        return Response(InvitationCodeSerializer(made).data, status=201)

    @reads(MeetingPlanSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def plans(self, request: Request, pk: str) -> Response:
        """Its plans of meetings, the newest first."""
        rules.can_run_fairs(request.actor).require()
        rows = self.get_object().plans.order_by("-number")[:50]
        return Response(MeetingPlanSerializer(rows, many=True).data)

    @writes(PlanningSerializer, status=202, request=SeedSerializer)
    @plans.mapping.post
    @idempotent
    def make_plan(self, request: Request, pk: str) -> Response:
        """Have the planner make one, in the background."""
        form = SeedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        job = services.start_plan(
            request.actor, fair=self.get_object(), seed=form.validated_data["seed"]
        )
        return Response(PlanningSerializer(job).data, status=202)

    @writes(SignUpSerializer, request=ArrivalSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def arrivals(self, request: Request, pk: str) -> Response:
        """Check somebody in at the door."""
        fair = self.get_object()
        rules.can_run_fairs(request.actor).require()
        form = ArrivalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        sign_up = get_object_or_404(SignUp.objects.filter(fair=fair).whole(), pk=given["sign_up"])
        done = services.check_in(request.actor, sign_up=sign_up, at=given.get("at"))
        return Response(SignUpSerializer(done).data)
