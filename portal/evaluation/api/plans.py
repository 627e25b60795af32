"""Improvement plans over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.verdict import Flaw, Refused, flawless
from portal.evaluation import rules, services
from portal.evaluation.fields import ItemFields, PlanFields
from portal.evaluation.models import Plan, PlanItem
from portal.evaluation.states import ItemOutcome, PlanSide, PlanStatus
from portal.parties.models import Party


class ItemSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    indicator = serializers.CharField(max_length=40, allow_blank=True, default="")
    text = serializers.CharField(max_length=300)
    due_on = serializers.DateField()
    report = serializers.CharField(read_only=True)
    handed_in_at = serializers.DateTimeField(read_only=True, allow_null=True)
    outcome = serializers.ChoiceField([*ItemOutcome.values, ""], read_only=True)


class DraftSerializer(serializers.Serializer[Any]):
    """`party`: for whom operators draft; a party's own people leave it out."""

    party = serializers.PrimaryKeyRelatedField(
        queryset=Party.objects.filter(kind__in=rules.RATED_KINDS), required=False
    )
    title = serializers.CharField(max_length=80)
    items = serializers.ListField(child=ItemSerializer(), max_length=rules.MOST_ITEMS)


class PlanSerializer(serializers.Serializer[Any]):
    """An improvement plan; agreed with both signatures."""

    id = serializers.UUIDField()
    party = serializers.IntegerField(source="party_id")
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


class PlanItemChoiceSerializer(serializers.Serializer[Any]):
    item = serializers.UUIDField()


class PlanItemReasonSerializer(PlanItemChoiceSerializer):
    why = serializers.CharField(max_length=300)


class PlanReportSerializer(serializers.Serializer[Any]):
    item = serializers.UUIDField()
    report = serializers.CharField(max_length=1000)
    evidence = serializers.ListField(
        child=serializers.UUIDField(), max_length=rules.MOST_EVIDENCE, default=list
    )


class PlanViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Plan]):
    """One's own plans, the newest first; operators' all of them."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer

    def get_queryset(self) -> QuerySet[Plan]:
        actor = self.request.actor
        visible = Plan.objects.visible_to(actor)
        mine = visible.filter(party=actor.party_id) if actor.party_id else visible
        return mine.select_related("party").prefetch_related("items").order_by("-created_at", "-pk")

    @writes(PlanSerializer, status=201, request=DraftSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Draft a plan for the party one speaks for; operators name the party."""
        if request.actor.party_id is not None or not request.actor.has_perm("evaluation.sign_plan"):
            rules.rated_party(request.actor)
        form = _valid(DraftSerializer, request)
        party = request.actor.party or form.get("party")
        if party is None:
            raise Refused(flawless([Flaw("party", _("Please fill this in."))]))
        plan = services.draft_plan(request.actor, party=party, fields=_fields(form))
        return Response(PlanSerializer(plan).data, status=201)

    @writes(PlanSerializer, request=DraftSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Other words for a draft of one's own side."""
        plan = self.get_object()
        rules.can_edit_plan(request.actor, plan).require()
        fields = _fields(_valid(DraftSerializer, request))
        services.edit_plan(request.actor, plan=plan, fields=fields)
        return Response(PlanSerializer(self.get_object()).data)

    @writes(PlanSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def signature(self, request: Request, pk: str) -> Response:
        """Sign it for one's side."""
        plan = services.sign_plan(request.actor, plan=self.get_object())
        return Response(PlanSerializer(plan).data)

    @writes(PlanSerializer, request=PlanReasonSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @idempotent
    def hand_back(self, request: Request, pk: str) -> Response:
        """Hand it back unsigned."""
        said = _valid(PlanReasonSerializer, request)
        plan = services.return_plan(request.actor, plan=self.get_object(), **said)
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
        data = _valid(PlanReportSerializer, request)
        services.hand_in_item(
            request.actor,
            item=_item(plan, data),
            report=data["report"],
            evidence=data["evidence"],
        )
        return Response(PlanSerializer(self.get_object()).data)

    @writes(PlanSerializer, request=PlanItemChoiceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """An item that was handed in is done, on time or late by the day it was; for operators."""
        plan = self.get_object()
        rules.may_check_for(request.actor, plan.party).require()
        item = _item(plan, _valid(PlanItemChoiceSerializer, request))
        services.accept_item(request.actor, item=item)
        return Response(PlanSerializer(self.get_object()).data)

    @writes(PlanSerializer, request=PlanItemReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def rework(self, request: Request, pk: str) -> Response:
        """What was handed in does not show it, and why; for operators."""
        plan = self.get_object()
        rules.may_check_for(request.actor, plan.party).require()
        data = _valid(PlanItemReasonSerializer, request)
        services.hand_back_item(request.actor, item=_item(plan, data), why=data["why"])
        return Response(PlanSerializer(self.get_object()).data)


def _valid(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    form = kind(data=request.data)
    form.is_valid(raise_exception=True)
    data: dict[str, Any] = form.validated_data
    return data


def _fields(data: dict[str, Any]) -> PlanFields:
    return PlanFields(data["title"], [ItemFields(**item) for item in data["items"]])


def _item(plan: Plan, data: dict[str, Any]) -> PlanItem:
    items = PlanItem.objects.filter(plan=plan).select_related("plan__party")
    return get_object_or_404(items, pk=data["item"])
