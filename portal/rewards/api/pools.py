"""Pools for operators and finance: what there is, each row that moved it, and changes by two."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.rewards import rules, services
from portal.rewards.api import examples
from portal.rewards.api.serializers import TaskReasonSerializer
from portal.rewards.models import BudgetChange, Pool
from portal.rewards.states import EntryKind, Unit


@examples.shown("A pool of cash", examples.POOL)
class RewardPoolSerializer(serializers.Serializer[Any]):
    """In fen, or in points of traffic; see `reward_unit`."""

    id = serializers.IntegerField()
    season = serializers.CharField(source="programme.code")
    reward_unit = serializers.ChoiceField(Unit.choices, source="unit")
    budget = serializers.IntegerField()
    reserved = serializers.IntegerField()
    granted = serializers.IntegerField()
    used = serializers.IntegerField(
        source="used_points", allow_null=True, help_text="Points; null of a pool of cash."
    )
    free = serializers.IntegerField()


class PoolEntrySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    entry_kind = serializers.ChoiceField(EntryKind.choices, source="kind")
    amount = serializers.IntegerField()
    task_claim = serializers.UUIDField(source="claim_id", allow_null=True)
    budget_change = serializers.UUIDField(source="change_id", allow_null=True)
    at = serializers.DateTimeField()


class NewBudgetChangeSerializer(serializers.Serializer[Any]):
    amount = serializers.IntegerField(help_text="So much more; below zero, less.")
    reason = serializers.CharField(max_length=300)


class BudgetChangeSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    pool = serializers.IntegerField(source="pool_id")
    amount = serializers.IntegerField()
    reason = serializers.CharField()
    status = serializers.CharField(help_text="proposed, approved or refused.")
    proposed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision = serializers.CharField()


class PoolViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Pool]):
    queryset = Pool.objects.none()
    serializer_class = RewardPoolSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Pool]:
        rules.can_see_pools(self.request.actor).require()
        return Pool.objects.select_related("programme")

    @reads(PoolEntrySerializer(many=True))
    @action(detail=True, methods=["get"])
    def entries(self, request: Request, pk: str) -> Response:
        """Every row that moved it, the newest first."""
        rows: Any = self.get_object().entries.all()  # of another model than the set's
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(PoolEntrySerializer(page, many=True).data)

    @writes(BudgetChangeSerializer, status=201, request=NewBudgetChangeSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def changes(self, request: Request, pk: str) -> Response:
        """Propose another budget; a second person decides."""
        pool = self.get_object()
        rules.can_propose_budget(request.actor).require()
        form = NewBudgetChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        change = services.propose_budget(request.actor, pool=pool, **form.validated_data)
        return Response(BudgetChangeSerializer(change).data, status=201)


class BudgetChangeViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[BudgetChange]):
    queryset = BudgetChange.objects.none()
    serializer_class = BudgetChangeSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[BudgetChange]:
        rules.can_see_pools(self.request.actor).require()
        return BudgetChange.objects.select_related("pool__programme")

    @writes(BudgetChangeSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, pk: str) -> Response:
        """The second person agrees."""
        change = services.approve_budget(request.actor, change=self.get_object())
        return Response(BudgetChangeSerializer(change).data)

    @writes(BudgetChangeSerializer, request=TaskReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Or not, and says why."""
        change = self.get_object()
        rules.can_refuse_budget(request.actor, change).require()
        form = TaskReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        refused = services.refuse_budget(request.actor, change=change, **form.validated_data)
        return Response(BudgetChangeSerializer(refused).data)
