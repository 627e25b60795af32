"""The creator's gate over the API."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matchmaking.catalogue import rules, selectors, services
from matchmaking.catalogue.models import DepositMove
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.models import Party


class StepSerializer(serializers.Serializer[Any]):
    """`is_met` null: not known."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # hides what no serializer reads
    said = serializers.CharField()
    is_met = serializers.BooleanField(allow_null=True)


class SourceUseSerializer(serializers.Serializer[Any]):
    """`use` of a product source in live rooms: free, by_order or shut."""

    product_source = serializers.CharField(source="source")
    use = serializers.CharField()


class GateSerializer(serializers.Serializer[Any]):
    """What a creator needs to share goods today. `is_open`: it may."""

    day = serializers.DateField()
    is_open = serializers.BooleanField()
    has_permission = serializers.SerializerMethodField()
    balance_fen = serializers.IntegerField()
    due_fen = serializers.IntegerField()
    steps = StepSerializer(many=True)
    uses = SourceUseSerializer(many=True)

    def get_has_permission(self, gate: selectors.GateView) -> bool:
        return gate.permission is not None


class PaymentSerializer(serializers.Serializer[Any]):
    reference = serializers.CharField(max_length=60)


class RefundSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=300)


class DepositMoveSerializer(serializers.Serializer[Any]):
    """Money into the deposit or out of it. `why`: of a refund or penalty; `decision`: what finance
    said."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    amount_fen = serializers.IntegerField()
    status = serializers.CharField()
    reference = serializers.CharField()
    why = serializers.CharField()
    decision = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class GateView(APIView):
    """The gate of the creator you speak for."""

    @reads(GateSerializer)
    def get(self, request: Request) -> Response:
        rules.can_see_gate(request.actor).require()
        return _shown(request)


class GatePermissionView(APIView):
    @writes(GateSerializer, status=201, request=None)
    @idempotent
    def post(self, request: Request) -> Response:
        """Ask for the permission: granted at once where nothing but the deposit is missing."""
        services.ask_permission(request.actor)
        return _shown(request, 201)


class GatePaymentView(APIView):
    @writes(GateSerializer, status=201, request=PaymentSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Say under which number what is due was transferred."""
        rules.can_see_gate(request.actor).require()
        form = PaymentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.report_payment(request.actor, reference=form.validated_data["reference"])
        return _shown(request, 201)


class GateRefundView(APIView):
    @writes(DepositMoveSerializer, status=201, request=RefundSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Ask for the deposit back; with the refund the permission ends."""
        rules.can_see_gate(request.actor).require()
        form = RefundSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        move = services.ask_refund(request.actor, why=form.validated_data["why"])
        return Response(DepositMoveSerializer(move).data, status=201)


class GateMovesView(APIView):
    @reads(DepositMoveSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The last moves of the deposit, the newest first."""
        rules.can_see_gate(request.actor).require()
        creator = cast("Party", request.actor.party)  # the rule saw one
        return Response(DepositMoveSerializer(selectors.moves_of(creator), many=True).data)


class DepositMoveView(APIView):
    @writes(DepositMoveSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Take back a payment or refund that finance has not decided."""
        own = DepositMove.objects.visible_to(request.actor).select_related("creator")
        move = services.withdraw_move(request.actor, move=get_object_or_404(own, pk=pk))
        return Response(DepositMoveSerializer(move).data)


def _shown(request: Request, status: int = 200) -> Response:
    creator = cast("Party", request.actor.party)  # the rule saw one
    return Response(GateSerializer(selectors.gate_of(creator)).data, status=status)
