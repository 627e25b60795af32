"""Rates of fees that operators propose and a second person announces."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.policies import rules, services
from portal.policies.fields import FeeFields
from portal.policies.models import FeeProposal, FeeRate
from portal.policies.states import DatedStatus, FeeKind, ProductSource

CATEGORY: Any = FeeRate._meta.get_field("category").related_model


class NewFeeProposalSerializer(serializers.Serializer[Any]):
    """An empty source, no category: all of them. Only a relief ends by itself."""

    fee = serializers.ChoiceField(FeeKind.choices)
    rate_bp = serializers.IntegerField(min_value=0, max_value=10_000)
    product_source = serializers.ChoiceField(ProductSource.choices, allow_blank=True, default="")
    category = serializers.SlugRelatedField(
        slug_field="code", queryset=CATEGORY.objects.all(), allow_null=True, default=None
    )
    is_relief = serializers.BooleanField(default=False)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(
        allow_null=True, default=None, help_text="The day after the last."
    )
    announcement = serializers.CharField(
        max_length=200, source="source", help_text="Where it is from."
    )


class FeeProposalSerializer(NewFeeProposalSerializer):
    id = serializers.IntegerField(read_only=True)
    status = serializers.ChoiceField(DatedStatus.choices, read_only=True)
    proposed_at = serializers.DateTimeField(read_only=True)
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)


class FeeProposalViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[FeeProposal]
):
    """For operators of the platform's fees."""

    queryset = FeeProposal.objects.none()
    serializer_class = FeeProposalSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[FeeProposal]:
        rules.can_see_fee_proposals(self.request.actor).require()
        return FeeProposal.objects.select_related("category")

    @writes(FeeProposalSerializer, status=201, request=NewFeeProposalSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Propose a rate from a day on. Nothing is announced before a second person approves."""
        rules.can_propose_fee(request.actor).require()
        form = NewFeeProposalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = dict(form.validated_data)
        category = told.pop("category")
        fields = FeeFields(**told, category_id=category.pk if category else None)
        proposal = services.propose_fee(request.actor, fields=fields)
        return Response(FeeProposalSerializer(proposal).data, status=201)

    @writes(FeeProposalSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, pk: str) -> Response:
        """Announce it, as the second person."""
        proposal = self.get_object()
        services.approve_fee(request.actor, proposal=proposal)
        proposal.refresh_from_db()
        return Response(FeeProposalSerializer(proposal).data)

    @writes(FeeProposalSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Nothing changes."""
        proposal = services.refuse_fee(request.actor, proposal=self.get_object())
        return Response(FeeProposalSerializer(proposal).data)
