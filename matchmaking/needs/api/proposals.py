"""Proposals over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation.api import CooperationSerializer
from matchmaking.needs import selectors, services
from matchmaking.needs.models import Proposal
from matchmaking.needs.states import LossReason
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.forms import MAX_FEN


class ProposalFieldsSerializer(serializers.Serializer[Any]):
    plan = serializers.CharField(max_length=5000)
    team = serializers.CharField(max_length=200)
    monthly_fee_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    share_bp = serializers.IntegerField(min_value=0, max_value=10_000)
    starts_on = serializers.DateField()


class ProposalSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    need = serializers.IntegerField(source="need_id")
    provider = serializers.IntegerField(source="provider_id")
    provider_name = serializers.CharField(source="provider.name")
    status = serializers.CharField()
    plan = serializers.CharField()
    team = serializers.CharField()
    monthly_fee_fen = serializers.IntegerField(allow_null=True)
    share_bp = serializers.IntegerField(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    reason_note = serializers.CharField()
    cooperation = serializers.IntegerField(source="cooperation_id", allow_null=True)

    def to_representation(self, proposal: Proposal) -> dict[str, Any]:
        actor = self.context["request"].actor
        return super().to_representation(selectors.as_seen_by(actor, proposal))


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(LossReason.choices)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ProposalViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Proposal]
):
    """Proposals the acting party sent or received."""

    queryset = Proposal.objects.none()
    serializer_class = ProposalSerializer

    def get_queryset(self) -> QuerySet[Proposal]:
        seen = Proposal.objects.visible_to(self.request.actor)
        return seen.select_related("need__merchant", "provider", "cooperation")

    @writes(ProposalSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def shortlist(self, request: Request, pk: str) -> Response:
        done = services.shortlist_proposal(request.actor, proposal=self.get_object())
        return Response(self._shown(done))

    @writes(CooperationSerializer, status=201, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """Hire the provider: a cooperation begins."""
        cooperation = services.accept_proposal(request.actor, proposal=self.get_object())
        return Response(CooperationSerializer(cooperation).data, status=201)

    @writes(ProposalSerializer, request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Decline, with the reason both sides see."""
        return self._end(request, services.decline_proposal)

    @writes(ProposalSerializer, request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Step back, with the reason the merchant sees."""
        return self._end(request, services.withdraw_proposal)

    def _end(self, request: Request, service: Any) -> Response:
        proposal = self.get_object()
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        reason = LossReason(form.validated_data["reason"])
        done = service(
            request.actor, proposal=proposal, reason=reason, note=form.validated_data["note"]
        )
        return Response(self._shown(done))

    def _shown(self, proposal: Proposal) -> dict[str, Any]:
        return dict(ProposalSerializer(proposal, context=self.get_serializer_context()).data)
