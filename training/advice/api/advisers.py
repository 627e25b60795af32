"""Advisers and their hours over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.web import whole_number
from portal.parties.states import PartyKind
from training.advice import selectors, services, states
from training.advice.fields import AdviserFields, SlotFields
from training.advice.models import Adviser, Slot
from training.advice.states import AdviceTopic

MOST_SLOTS = 200


class AdviserSerializer(serializers.Serializer[Any]):
    """Somebody who advises, in the language of the request."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    title = serializers.CharField()
    bio = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    audience = serializers.ListField(child=serializers.CharField())
    party = serializers.IntegerField(source="party_id", allow_null=True)


class ListedAdviserSerializer(serializers.Serializer[Any]):
    """With the next free hour, how many are free, how many took place, and the stars on average."""

    adviser = AdviserSerializer()
    next_at = serializers.DateTimeField(allow_null=True)
    free = serializers.IntegerField()
    held = serializers.IntegerField()
    rating = serializers.FloatField(allow_null=True)


class SlotSerializer(serializers.Serializer[Any]):
    """A free hour. Where it takes place is told to who books it."""

    id = serializers.IntegerField(source="pk")
    adviser = serializers.IntegerField(source="adviser_id")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class AdviserFieldsSerializer(serializers.Serializer[Any]):
    """An adviser in both languages; an empty audience is everybody."""

    name = serializers.CharField(max_length=40)
    title_zh = serializers.CharField(max_length=60)
    title_en = serializers.CharField(max_length=90)
    bio_zh = serializers.CharField(max_length=1500)
    bio_en = serializers.CharField(max_length=3000)
    topics = serializers.ListField(
        child=serializers.ChoiceField(AdviceTopic.choices), allow_empty=False
    )
    audience = serializers.ListField(
        child=serializers.ChoiceField(PartyKind.choices), required=False, default=list
    )
    user_id = serializers.IntegerField(
        min_value=1, max_value=2**31, allow_null=True, required=False, default=None
    )
    party_id = serializers.IntegerField(
        min_value=1, max_value=2**31, allow_null=True, required=False, default=None
    )


class SlotFieldsSerializer(serializers.Serializer[Any]):
    """One hour, or the same hour of `weeks` weeks, in Shanghai time."""

    starts_on = serializers.DateField()
    starts_at = serializers.TimeField()
    minutes = serializers.IntegerField(min_value=states.MINUTES[0], max_value=states.MINUTES[1])
    place = serializers.CharField(max_length=200)
    weeks = serializers.IntegerField(
        min_value=1, max_value=states.MOST_WEEKS, required=False, default=1
    )
    skips_holidays = serializers.BooleanField(required=False, default=True)


class AdviceReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)


class AdviserViewSet(viewsets.GenericViewSet[Adviser]):
    """The advisory group."""

    queryset = Adviser.objects.all()
    serializer_class = AdviserSerializer
    pagination_class = None
    lookup_value_regex = "[0-9]+"

    def get_permissions(self) -> list[Any]:
        is_open = self.action in {"list", "retrieve"}
        return [AllowAny()] if is_open else list(super().get_permissions())

    def get_object(self) -> Adviser:
        return get_object_or_404(Adviser, pk=whole_number(self.kwargs["pk"]))

    @reads(
        ListedAdviserSerializer(many=True),
        OpenApiParameter("topic", str, enum=AdviceTopic.values),
        OpenApiParameter("kind", str, enum=PartyKind.values, description="Who advise these."),
    )
    def list(self, request: Request) -> Response:
        """Who advises, the next free hour first."""
        topic = request.query_params.get("topic", "")
        kind = request.query_params.get("kind", "")
        found = selectors.advisers_for(
            kind if kind in PartyKind.values else "", topic if topic in AdviceTopic.values else ""
        )
        return Response(ListedAdviserSerializer(found, many=True).data)

    @reads(ListedAdviserSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        found = selectors.figures_of(self.get_object())
        return Response(ListedAdviserSerializer(found).data)

    @writes(AdviserSerializer, status=201, request=AdviserFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Add an adviser."""
        made = services.add_adviser(request.actor, fields=_adviser_fields(request))
        return Response(AdviserSerializer(made).data, status=201)

    @writes(AdviserSerializer, request=AdviserFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Change what stands of an adviser."""
        changed = services.edit_adviser(
            request.actor, adviser=self.get_object(), fields=_adviser_fields(request)
        )
        return Response(AdviserSerializer(changed).data)

    @writes(AdviserSerializer, request=AdviceReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def release(self, request: Request, pk: str) -> Response:
        """They leave the group; hours to come are withdrawn."""
        why = given_by(AdviceReasonSerializer, request)["reason"]
        gone = services.release_adviser(request.actor, adviser=self.get_object(), why=why)
        return Response(AdviserSerializer(gone).data)

    @writes(SlotSerializer(many=True), status=201, request=SlotFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def slots(self, request: Request, pk: str) -> Response:
        """Plan one hour, or a weekly series: all of it or nothing."""
        fields = SlotFields(**given_by(SlotFieldsSerializer, request))
        made = services.add_slots(request.actor, adviser=self.get_object(), fields=fields)
        return Response(SlotSerializer(made, many=True).data, status=201)


class SlotViewSet(viewsets.GenericViewSet[Slot]):
    """Free hours of advisers in the next 60 days."""

    queryset = Slot.objects.none()
    serializer_class = SlotSerializer
    pagination_class = None
    lookup_value_regex = "[0-9]+"

    def get_permissions(self) -> list[Any]:
        return [AllowAny()] if self.action == "list" else list(super().get_permissions())

    def get_queryset(self) -> QuerySet[Slot]:
        return Slot.objects.select_related("adviser")

    @reads(SlotSerializer(many=True), OpenApiParameter("adviser", int))
    def list(self, request: Request) -> Response:
        """The next 200, the first one first."""
        rows = selectors.free_slots()
        if adviser := request.query_params.get("adviser", ""):
            rows = rows.filter(adviser=whole_number(adviser))
        return Response(SlotSerializer(rows[:MOST_SLOTS], many=True).data)

    @writes(SlotSerializer, request=AdviceReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """It does not take place; who booked it is told."""
        slot = get_object_or_404(self.get_queryset(), pk=whole_number(pk))
        why = given_by(AdviceReasonSerializer, request)["reason"]
        return Response(
            SlotSerializer(services.withdraw_slot(request.actor, slot=slot, why=why)).data
        )


def given_by(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _adviser_fields(request: Request) -> AdviserFields:
    given = given_by(AdviserFieldsSerializer, request)
    lists = {name: tuple(given[name]) for name in ("topics", "audience")}
    return AdviserFields(**(given | lists))
