"""Bills over the API: the same steps as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.revenue import selectors, services
from portal.revenue.bill_states import BillKind, BillStatus, StepKind
from portal.revenue.models import Bill


class BillStepSerializer(serializers.Serializer[Any]):
    what = serializers.ChoiceField(StepKind.choices, source="kind")
    at = serializers.DateTimeField()
    note = serializers.CharField()
    invoice_number = serializers.CharField(source="number")
    file = serializers.UUIDField(source="file_id", allow_null=True)


class BillSerializer(serializers.Serializer[Any]):
    """`key`: the month of what is due monthly, or the day it was called for."""

    id = serializers.UUIDField()
    agreement = serializers.UUIDField(source="agreement_id")
    part = serializers.CharField(source="code")
    key = serializers.CharField()
    bill_kind = serializers.ChoiceField(BillKind.choices, source="kind")
    payer = serializers.IntegerField(source="payer_id")
    payee = serializers.IntegerField(source="payee_id")
    amount_fen = serializers.IntegerField()
    due_on = serializers.DateField()
    bill_status = serializers.ChoiceField(BillStatus.choices, source="status")
    is_late = serializers.BooleanField()
    paid_on = serializers.DateField(allow_null=True)
    refunds = serializers.UUIDField(source="refunds_id", allow_null=True)
    reached_fen = serializers.IntegerField(allow_null=True)
    steps = BillStepSerializer(many=True)


class BillProofSerializer(serializers.Serializer[Any]):
    """`file`: the id of an upload of yours for `bill-proof`."""

    file = serializers.UUIDField()
    paid_on = serializers.DateField()
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class BillInvoiceSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=40)
    file = serializers.UUIDField(allow_null=True, default=None)


class BillNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300)


class BillViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Bill]):
    """What the acting party owes and is owed by date."""

    queryset = Bill.objects.none()
    serializer_class = BillSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Bill]:
        return selectors.bills_of(self.request.actor).prefetch_related("steps")

    @writes(BillSerializer, request=None)
    @action(detail=True, methods=["post"], url_path="invoice-request", url_name="invoice-request")
    @idempotent
    def invoice_request(self, request: Request, pk: str) -> Response:
        """Ask the payee for the invoice."""
        return self._step(services.request_invoice)

    @writes(BillSerializer, request=BillInvoiceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def invoice(self, request: Request, pk: str) -> Response:
        """Say which invoice was issued."""
        return self._step(services.issue_invoice, **self._given(BillInvoiceSerializer))

    @writes(BillSerializer, request=BillProofSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def proof(self, request: Request, pk: str) -> Response:
        """Show the receipt of a payment."""
        return self._step(services.prove_payment, **self._given(BillProofSerializer))

    @writes(BillSerializer, request=BillNoteSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def waiver(self, request: Request, pk: str) -> Response:
        """No longer ask for it."""
        return self._step(services.waive_bill, **self._given(BillNoteSerializer))

    @writes(BillSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def receipt(self, request: Request, pk: str) -> Response:
        """What is paid onward came."""
        return self._step(services.confirm_receipt)

    @writes(BillSerializer, request=BillNoteSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @idempotent
    def send_back(self, request: Request, pk: str) -> Response:
        """What was said to be paid onward did not come."""
        return self._step(services.return_proof, **self._given(BillNoteSerializer))

    def _given(self, form_class: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        form = form_class(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _step(self, service: Any, **said: Any) -> Response:
        bill = service(self.request.actor, bill=self.get_object(), **said)
        return Response(BillSerializer(self.get_queryset().get(pk=bill.pk)).data)
