"""Disputes, and what came of each door, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matchmaking.cooperation import rules, selectors, services
from matchmaking.cooperation.models import Dispute
from matchmaking.cooperation.states import DisputeReason
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes


class DisputeStatementSerializer(serializers.Serializer[Any]):
    """`party`: null where the platform said it."""

    party = serializers.IntegerField(source="party_id", allow_null=True)
    text = serializers.CharField()
    evidence = serializers.UUIDField(source="evidence_id", allow_null=True)
    at = serializers.DateTimeField()


class NewDisputeStatementSerializer(serializers.Serializer[Any]):
    """`evidence`: the id of an upload with the purpose `cooperation-evidence`."""

    text = serializers.CharField(max_length=2_000)
    evidence = serializers.UUIDField(allow_null=True, default=None)


class DisputeAppealSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2_000)


class DisputeSerializer(serializers.Serializer[Any]):
    """`due_at` is the deadline of whoever `waits_for` names: `other`, `operator`, `either`.
    `returned_bp`: what goes back to the merchant of what is held, by the decision that holds."""

    id = serializers.UUIDField()
    cooperation = serializers.IntegerField(source="cooperation_id")
    opened_by = serializers.IntegerField(source="opened_by_id")
    reason = serializers.CharField()
    wanted_bp = serializers.IntegerField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    status = serializers.CharField()
    waits_for = serializers.CharField(allow_blank=True)
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    returned_bp = serializers.IntegerField(allow_null=True)
    decision = serializers.CharField(allow_blank=True)
    second_decision = serializers.CharField(allow_blank=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class NewDisputeSerializer(serializers.Serializer[Any]):
    """Over the orders paid from `first_day` to `last_day`. `evidence`: the id of an upload with the
    purpose `cooperation-evidence`."""

    reason = serializers.ChoiceField(DisputeReason.choices)
    wanted_bp = serializers.IntegerField(min_value=0, max_value=10_000)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    text = serializers.CharField(max_length=2_000)
    evidence = serializers.UUIDField(allow_null=True, default=None)


class DisputeViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Dispute]
):
    """The disputes of the acting party's cooperations."""

    queryset = Dispute.objects.none()
    serializer_class = DisputeSerializer

    def get_queryset(self) -> QuerySet[Dispute]:
        return Dispute.objects.visible_to(self.request.actor).select_related("cooperation")

    @reads(DisputeStatementSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def statements(self, request: Request, pk: str) -> Response:
        """What both sides said, in order."""
        rows = self.get_object().statements.order_by("at")
        return Response(DisputeStatementSerializer(rows, many=True).data)

    @writes(DisputeStatementSerializer, status=201, request=NewDisputeStatementSerializer)
    @statements.mapping.post
    @idempotent
    def say(self, request: Request, pk: str) -> Response:
        """Say something; the other side's first word is its answer."""
        given = NewDisputeStatementSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = services.speak_in_dispute(
            request.actor, dispute=self.get_object(), **given.validated_data
        )
        return Response(DisputeStatementSerializer(said).data, status=201)

    @writes(DisputeSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take one's own dispute back; what was held is paid."""
        done = services.withdraw_dispute(request.actor, dispute=self.get_object())
        return Response(DisputeSerializer(done).data)

    @writes(DisputeSerializer, request=DisputeAppealSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def appeal(self, request: Request, pk: str) -> Response:
        """Ask for a second look by another operator."""
        text = _text_of(request)
        done = services.appeal_dispute(request.actor, dispute=self.get_object(), text=text)
        return Response(DisputeSerializer(done).data)


def _text_of(request: Request) -> str:
    given = DisputeAppealSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    text: str = given.validated_data["text"]
    return text


class LineFiguresSerializer(serializers.Serializer[Any]):
    """In fen: paid; settled before refunds; settled less refunds; what may still settle."""

    lines = serializers.IntegerField()
    paid_fen = serializers.IntegerField()
    settled_fen = serializers.IntegerField()
    net_fen = serializers.IntegerField()
    open_fen = serializers.IntegerField()


class SourceReturnSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    cooperations = serializers.IntegerField()
    figures = LineFiguresSerializer(source="lines")


class DoorReturnSerializer(serializers.Serializer[Any]):
    """What came of a door; `sources`: the needs, posts and fairs behind it, the best first."""

    door = serializers.CharField()
    cooperations = serializers.IntegerField()
    with_orders = serializers.IntegerField()
    figures = LineFiguresSerializer(source="lines")
    sources = SourceReturnSerializer(many=True)


class DoorReturnsView(APIView):
    """What came of each door."""

    @reads(DoorReturnSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Of the acting party's cooperations, to the fen."""
        rules.can_list_cooperations(request.actor).require()
        found = selectors.returns_of(request.actor).doors
        return Response(DoorReturnSerializer(found, many=True).data)


class CooperationFiguresSerializer(serializers.Serializer[Any]):
    """What a cooperation has come to. `base_fen` is what share and target are computed of;
    `billed_fen`, what is to be paid beside the lines, below zero where it goes back."""

    figures = LineFiguresSerializer(source="lines")
    base_fen = serializers.IntegerField()
    months = serializers.IntegerField()
    attained_bp = serializers.IntegerField(source="dues.attained_bp", allow_null=True)
    fees_fen = serializers.IntegerField(source="dues.fees_fen")
    priced_fen = serializers.IntegerField(source="dues.priced_fen")
    by_lines_fen = serializers.IntegerField(source="dues.by_lines_fen")
    refund_fen = serializers.IntegerField(source="dues.refund_fen")
    billed_fen = serializers.IntegerField(source="dues.billed_fen")
