"""Invoices over the API: the same steps as the pages."""

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
from portal.invoicing import rules, selectors, services
from portal.invoicing.models import Invoice, InvoiceDue
from portal.invoicing.states import DueStatus, InvoiceStatus


class InvoiceLineSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    exclusive_fen = serializers.IntegerField()
    rate_bp = serializers.IntegerField()
    tax_fen = serializers.IntegerField()


class InvoiceSerializer(serializers.Serializer[Any]):
    """As its XML says it; below zero a red letter, which names in `reverses` what it takes back.
    `differences`: what does not fit, in words."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    is_special = serializers.BooleanField()
    issued_on = serializers.DateField()
    seller_name = serializers.CharField()
    seller_tax = serializers.CharField()
    buyer_name = serializers.CharField()
    buyer_tax = serializers.CharField()
    exclusive_fen = serializers.IntegerField()
    tax_fen = serializers.IntegerField()
    inclusive_fen = serializers.IntegerField()
    reverses = serializers.CharField()
    invoice_status = serializers.ChoiceField(InvoiceStatus.choices, source="status")
    differences = serializers.SerializerMethodField()
    file = serializers.UUIDField(source="file_id")
    received_at = serializers.DateTimeField()
    note = serializers.CharField()
    lines = InvoiceLineSerializer(many=True)

    def get_differences(self, invoice: Any) -> list[str]:
        return selectors.differences_of(invoice)


class InvoiceDueSerializer(serializers.Serializer[Any]):
    """`recipient` null: the platform. `left_fen`: still to be invoiced; below zero, to be taken
    back by a red-letter invoice."""

    id = serializers.UUIDField()
    issuer = serializers.IntegerField(source="issuer_id")
    recipient = serializers.IntegerField(source="recipient_id", allow_null=True)
    bill = serializers.UUIDField(source="bill_id", allow_null=True)
    title = serializers.CharField()
    month = serializers.DateField()
    amount_fen = serializers.IntegerField()
    red_fen = serializers.IntegerField()
    matched_fen = serializers.IntegerField()
    reversed_fen = serializers.IntegerField()
    left_fen = serializers.IntegerField()
    due_status = serializers.ChoiceField(DueStatus.choices, source="status")
    due_on = serializers.DateField()
    is_late = serializers.BooleanField()
    invoices = InvoiceSerializer(many=True)


class InvoiceFileSerializer(serializers.Serializer[Any]):
    """`file`: the id of an upload of yours for `invoice-xml`."""

    file = serializers.UUIDField()


class InvoiceNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300)


class LastAsked(NewestFirst):
    ordering = "-asked_at"


class InvoiceDueViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[InvoiceDue]
):
    """Invoices that the acting party is to issue or to be sent; for the platform's finance those
    that the platform is to be sent."""

    queryset = InvoiceDue.objects.none()
    serializer_class = InvoiceDueSerializer
    pagination_class = LastAsked
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[InvoiceDue]:
        actor = self.request.actor
        rule = rules.can_list_invoices if actor.party else rules.can_see_invoices
        rule(actor).require()
        return selectors.dues_of(actor).prefetch_related("invoices__lines", "bill")

    @writes(InvoiceDueSerializer, request=InvoiceFileSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def invoices(self, request: Request, pk: str) -> Response:
        """Hand in an invoice for this."""
        form = InvoiceFileSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        due = self.get_object()
        services.hand_in(request.actor, file=form.validated_data["file"], due=due)
        return Response(InvoiceDueSerializer(self.get_queryset().get(pk=due.pk)).data)


class InvoiceViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Invoice]):
    """Invoices that came."""

    queryset = Invoice.objects.none()
    serializer_class = InvoiceSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Invoice]:
        actor = self.request.actor
        rule = rules.can_list_invoices if actor.party else rules.can_see_invoices
        rule(actor).require()
        rows = Invoice.objects.visible_to(actor).select_related("due__issuer", "due__recipient")
        return rows.prefetch_related("lines")

    @writes(InvoiceSerializer, request=InvoiceNoteSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """Accept it in spite of its differences."""
        return self._decide(services.accept_invoice)

    @writes(InvoiceSerializer, request=InvoiceNoteSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @idempotent
    def send_back(self, request: Request, pk: str) -> Response:
        """Return it to its issuer."""
        return self._decide(services.return_invoice)

    def _decide(self, service: Any) -> Response:
        form = InvoiceNoteSerializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        note = form.validated_data["note"]
        invoice = service(self.request.actor, invoice=self.get_object(), note=note)
        return Response(InvoiceSerializer(self.get_queryset().get(pk=invoice.pk)).data)
