"""Corrections of the books over the API: prepared by one person, approved by another."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from portal.settlement import rules, services
from portal.settlement.fields import AdjustmentFields
from portal.settlement.models import Adjustment
from portal.settlement.states import AdjustmentStatus


class StatementCorrectionSerializer(serializers.Serializer[Any]):
    """`other_party` null: the platform. `journal`: the entry it became; `corrects`: the one it
    corrects, which stays as it is."""

    id = serializers.UUIDField()
    party = serializers.IntegerField(source="party_id")
    other_party = serializers.IntegerField(source="counter_party_id", allow_null=True)
    amount_fen = serializers.IntegerField()
    effective_on = serializers.DateField()
    reason = serializers.CharField()
    statement = serializers.CharField(source="statement.number", allow_null=True)
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    correction_status = serializers.ChoiceField(AdjustmentStatus.choices, source="status")
    prepared_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision = serializers.CharField()
    journal = serializers.IntegerField(source="journal_id", allow_null=True)


class NewCorrectionSerializer(serializers.Serializer[Any]):
    """`amount_fen`: so much more for the party; below zero: less. `statement`, `journal`: keys."""

    party_id = serializers.IntegerField(min_value=1)
    amount_fen = serializers.IntegerField()
    effective_on = serializers.DateField()
    reason = serializers.CharField(max_length=150)
    counter_party_id = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    statement_id = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    journal_id = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    dispute_id = serializers.UUIDField(allow_null=True, default=None)


class CorrectionRefusalSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=300)


class LastPrepared(NewestFirst):
    ordering = "-prepared_at"


class AdjustmentViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Adjustment]
):
    """A party's posted ones; all of them for the platform's finance people."""

    queryset = Adjustment.objects.none()
    serializer_class = StatementCorrectionSerializer
    pagination_class = LastPrepared
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Adjustment]:
        actor = self.request.actor
        if not rules.can_see_adjustments(actor):
            rules.can_list_statements(actor).require()
        rows = Adjustment.objects.visible_to(actor)
        return rows.select_related("statement", "party", "counter_party").order_by(
            "-prepared_at", "-pk"
        )

    @writes(StatementCorrectionSerializer, status=201, request=NewCorrectionSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Prepare one; nothing is posted yet."""
        rules.can_prepare_adjustment(request.actor).require()
        form = NewCorrectionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = AdjustmentFields(**form.validated_data)
        made = services.prepare_adjustment(request.actor, fields=fields)
        return Response(StatementCorrectionSerializer(made).data, status=201)

    @writes(StatementCorrectionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, pk: str) -> Response:
        """Post it, as another person than who prepared it."""
        done = services.approve_adjustment(request.actor, adjustment=self.get_object())
        return Response(StatementCorrectionSerializer(done).data)

    @writes(StatementCorrectionSerializer, request=CorrectionRefusalSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Decline it, or take one's own back."""
        one = self.get_object()
        form = CorrectionRefusalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        why = form.validated_data["why"]
        done = services.decline_adjustment(request.actor, adjustment=one, why=why)
        return Response(StatementCorrectionSerializer(done).data)
