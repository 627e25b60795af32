"""Improvement plans over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.evaluation import rules, services
from portal.evaluation.fields import ItemFields, PlanFields
from portal.evaluation.models import Plan, PlanItem
from portal.evaluation.states import ItemOutcome, PlanSide, PlanStatus


class ItemSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    indicator = serializers.CharField(max_length=40, allow_blank=True, default="")
    text = serializers.CharField(max_length=300)
    due_on = serializers.DateField()
    report = serializers.CharField(read_only=True)
    handed_in_at = serializers.DateTimeField(read_only=True, allow_null=True)
    outcome = serializers.ChoiceField([*ItemOutcome.values, ""], read_only=True)


class DraftSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=80)
    items = serializers.ListField(child=ItemSerializer(), max_length=rules.MOST_ITEMS)


class PlanSerializer(serializers.Serializer[Any]):
    """An improvement plan; agreed with both signatures."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    side = serializers.ChoiceField(PlanSide.values)
    status = serializers.ChoiceField(PlanStatus.values)
    note = serializers.CharField()
    created_at = serializers.DateTimeField()
    party_signed_at = serializers.DateTimeField(allow_null=True)
    platform_signed_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    items = ItemSerializer(many=True, source="items.all")


class PlanReasonSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=300)


class PlanReportSerializer(serializers.Serializer[Any]):
    item = serializers.UUIDField()
    report = serializers.CharField(max_length=1000)
    evidence = serializers.ListField(
        child=serializers.UUIDField(), max_length=rules.MOST_EVIDENCE, default=list
    )


class PlanViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Plan]):
    """One's own plans, the newest first."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer

    def get_queryset(self) -> QuerySet[Plan]:
        visible = Plan.objects.visible_to(self.request.actor)
        mine = visible.filter(party=self.request.actor.party_id)
        return mine.select_related("party").prefetch_related("items").order_by("-created_at", "-pk")

    @writes(PlanSerializer, status=201, request=DraftSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Draft a plan for the party one speaks for."""
        party = rules.rated_party(request.actor)
        form = DraftSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        items = [ItemFields(**item) for item in data["items"]]
        plan = services.draft_plan(
            request.actor, party=party, fields=PlanFields(title=data["title"], items=items)
        )
        return Response(PlanSerializer(plan).data, status=201)

    @writes(PlanSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def signature(self, request: Request, pk: str) -> Response:
        """Sign it for the party."""
        plan = services.sign_plan(request.actor, plan=self.get_object())
        return Response(PlanSerializer(plan).data)

    @writes(PlanSerializer, request=PlanReasonSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @idempotent
    def hand_back(self, request: Request, pk: str) -> Response:
        """Hand it back unsigned."""
        form = PlanReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        plan = services.return_plan(request.actor, plan=self.get_object(), **form.validated_data)
        return Response(PlanSerializer(plan).data)

    @writes(PlanSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Withdraw a draft of one's own."""
        plan = services.withdraw_plan(request.actor, plan=self.get_object())
        return Response(PlanSerializer(plan).data)

    @writes(PlanSerializer, request=PlanReportSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def report(self, request: Request, pk: str) -> Response:
        """Say that an item is done."""
        plan = self.get_object()
        form = PlanReportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        items = PlanItem.objects.filter(plan=plan).select_related("plan__party")
        item = get_object_or_404(items, pk=data["item"])
        services.hand_in_item(
            request.actor, item=item, report=data["report"], evidence=data["evidence"]
        )
        return Response(PlanSerializer(self.get_object()).data)
