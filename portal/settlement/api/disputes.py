"""Disputes about lines of statements over the API."""

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
from portal.settlement.fields import Decision
from portal.settlement.models import LineDispute
from portal.settlement.states import DisputeStatus


class DisputedLineSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(source="line_id")
    share_fen = serializers.IntegerField(source="held_fen")


class LineDisputeSerializer(serializers.Serializer[Any]):
    """`returned_bp`: how much of what is held went back to the merchant, in basis points."""

    id = serializers.UUIDField()
    statement = serializers.CharField(source="statement.number")
    reason = serializers.CharField()
    line_dispute_status = serializers.ChoiceField(DisputeStatus.choices, source="status")
    raised_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision = serializers.CharField()
    returned_bp = serializers.IntegerField(allow_null=True)
    lines = DisputedLineSerializer(many=True)


class NewLineDisputeSerializer(serializers.Serializer[Any]):
    lines = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=200)
    reason = serializers.CharField(max_length=300)


class LineDecisionSerializer(serializers.Serializer[Any]):
    is_upheld = serializers.BooleanField()
    returned_bp = serializers.IntegerField(min_value=0, max_value=10_000, default=0)
    why = serializers.CharField(max_length=300)


class LastRaised(NewestFirst):
    ordering = "-raised_at"


class LineDisputeViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[LineDispute]
):
    """Of the acting party's statements; all of them for the platform's finance people."""

    queryset = LineDispute.objects.none()
    serializer_class = LineDisputeSerializer
    pagination_class = LastRaised
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[LineDispute]:
        actor = self.request.actor
        if not actor.has_perm("settlement.view_statement"):
            rules.can_list_statements(actor).require()
        rows = LineDispute.objects.visible_to(actor).select_related("statement__party")
        return rows.prefetch_related("lines").order_by("-raised_at", "-pk")

    @writes(LineDisputeSerializer, request=LineDecisionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def decision(self, request: Request, pk: str) -> Response:
        """Decide it, as an operator: what is held is paid, or goes back in part."""
        dispute = self.get_object()
        form = LineDecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        decision = Decision(**form.validated_data)
        done = services.decide_dispute(request.actor, dispute=dispute, decision=decision)
        return Response(LineDisputeSerializer(done).data)

    @writes(LineDisputeSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Agree after all."""
        done = services.withdraw_dispute(request.actor, dispute=self.get_object())
        return Response(LineDisputeSerializer(done).data)
