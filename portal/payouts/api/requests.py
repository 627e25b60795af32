"""Asking to be paid, for machines: a party's own requests, and all of them for finance."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from portal.ledger.rules import can_see_money
from portal.payouts import rules, services
from portal.payouts.models import PayoutRequest
from portal.payouts.states import RequestStatus


class PayoutRequestSerializer(serializers.Serializer[Any]):
    """`amount_fen`: what was available when it was asked for. `batch`: the number of the batch that
    took it."""

    id = serializers.UUIDField()
    party = serializers.IntegerField(source="party_id")
    amount_fen = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    payout_request_status = serializers.ChoiceField(RequestStatus.choices, source="status")
    batch = serializers.CharField(source="batch.number", allow_null=True, default=None)
    ended_at = serializers.DateTimeField(allow_null=True)


class LastAsked(NewestFirst):
    ordering = "-asked_at"


class PayoutRequestViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[PayoutRequest]
):
    """Requests to be paid. The next batch takes what waits."""

    queryset = PayoutRequest.objects.none()
    serializer_class = PayoutRequestSerializer
    pagination_class = LastAsked
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[PayoutRequest]:
        actor = self.request.actor
        rule = can_see_money if actor.party is not None else rules.can_see_batches
        rule(actor).require()
        rows = PayoutRequest.objects.visible_to(actor).select_related("batch", "party")
        return rows.order_by("-asked_at", "-pk")

    @writes(PayoutRequestSerializer, status=201, request=None)
    @idempotent
    def create(self, request: Request) -> Response:
        """Ask for all that is available to the acting party."""
        party = request.actor.party
        if party is None:
            raise Http404
        made = services.request_payout(request.actor, party=party)
        return Response(PayoutRequestSerializer(made).data, status=201)

    @writes(PayoutRequestSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take it back, while no batch has taken it."""
        done = services.withdraw_request(request.actor, request=self.get_object())
        return Response(PayoutRequestSerializer(done).data)
