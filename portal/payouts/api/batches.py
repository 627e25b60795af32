"""Payout batches for machines: the same steps as the pages. The bank file is taken by people."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import KeysetPagination, NewestFirst
from portal.core.api.schema import reads, writes
from portal.payouts import rules, selectors, services
from portal.payouts.api.own import PayoutItemSerializer
from portal.payouts.fields import BatchFields, ResultFields
from portal.payouts.models import Batch
from portal.payouts.states import ENDED, BatchStatus, Route


class BatchSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    payout_route = serializers.ChoiceField(Route.choices, source="route")
    purpose = serializers.CharField()
    batch_status = serializers.ChoiceField(BatchStatus.choices, source="status")
    transfers = serializers.IntegerField()
    total_fen = serializers.IntegerField()
    prepared_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class BatchTransferSerializer(PayoutItemSerializer):
    party = serializers.IntegerField(source="party_id")
    reference = serializers.CharField()


class NewBatchSerializer(serializers.Serializer[Any]):
    template = serializers.CharField(max_length=40, help_text="Code of a bank file template.")
    purpose = serializers.CharField(max_length=60)
    only_requested = serializers.BooleanField(
        default=False, help_text="Nobody but those who asked to be paid."
    )


class BatchReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class BankAnswerSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(max_length=24)
    status = serializers.ChoiceField([one.value for one in ENDED])
    amount_fen = serializers.IntegerField(min_value=0, default=0, help_text="What arrived.")
    on = serializers.DateField()
    reference = serializers.CharField(max_length=60, allow_blank=True, default="")
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class BankAnswersSerializer(serializers.Serializer[Any]):
    results = BankAnswerSerializer(many=True)


class LastPrepared(NewestFirst):
    ordering = "-prepared_at"


class BatchViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Batch]
):
    """For the platform's finance people."""

    queryset = Batch.objects.none()
    serializer_class = BatchSerializer
    pagination_class = LastPrepared
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Batch]:
        rules.can_see_batches(self.request.actor).require()
        return selectors.batches_with_sums()

    @writes(BatchSerializer, status=201, request=NewBatchSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Prepare a batch of everybody who can be paid now."""
        rules.can_prepare_batch(request.actor).require()
        given = self._given(NewBatchSerializer)
        batch = services.prepare_batch(request.actor, fields=BatchFields(**given))
        return self._answer(batch, 201)

    @writes(BatchSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, pk: str) -> Response:
        """The second person agrees."""
        return self._answer(services.approve_batch(request.actor, batch=self.get_object()))

    @writes(BatchSerializer, request=BatchReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def cancellation(self, request: Request, pk: str) -> Response:
        """Nothing of it is booked."""
        batch, given = self.get_object(), self._given(BatchReasonSerializer)
        return self._answer(services.cancel_batch(request.actor, batch=batch, **given))

    @reads(BatchTransferSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=KeysetPagination)
    def transfers(self, request: Request, pk: str) -> Response:
        """Its transfers, a page at a time."""
        rows = selectors.items_of(self.get_object()).select_related("batch")
        paged: Any = rows  # of another model than the set's
        page = self.paginate_queryset(paged)
        return self.get_paginated_response(BatchTransferSerializer(page, many=True).data)

    @writes(BatchSerializer, request=BankAnswersSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def results(self, request: Request, pk: str) -> Response:
        """What the bank says of its transfers: all of it, or nothing. Known answers stay."""
        batch = self.get_object()
        rules.can_import_results(request.actor).require()
        given = self._given(BankAnswersSerializer)["results"]
        results = [ResultFields(batch=batch.number, **one) for one in given]
        services.record_results(request.actor, results=results)
        return self._answer(batch)

    def _given(self, form_class: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        form = form_class(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _answer(self, batch: Batch, status: int = 200) -> Response:
        found = selectors.batches_with_sums().get(pk=batch.pk)
        return Response(BatchSerializer(found).data, status=status)
