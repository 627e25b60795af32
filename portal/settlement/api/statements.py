"""Statements over the API: a party's own, and all of them for the platform's finance people."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import PARTY_HEADER, reads, reads_file, writes
from portal.core.documents import pdf_file
from portal.settlement import selectors, services
from portal.settlement.api.below_zero import statements_read_by
from portal.settlement.api.disputes import LineDisputeSerializer, NewLineDisputeSerializer
from portal.settlement.fields import DisputeFields
from portal.settlement.models import Statement
from portal.settlement.papers import render_statement
from portal.settlement.states import Source, StatementStatus


class StatementRowSerializer(serializers.Serializer[Any]):
    """`terms`: the hash of the tree the lines were split by; `version`: of the agreement whose
    monthly part it is. Amounts in fen."""

    row_source = serializers.ChoiceField(Source.choices, source="source")
    part = serializers.CharField()
    terms = serializers.CharField(source="terms_id", allow_null=True)
    version = serializers.UUIDField(source="version_id", allow_null=True)
    lines = serializers.IntegerField()
    turnover_fen = serializers.IntegerField(source="turnover")
    earned_fen = serializers.IntegerField(source="earned")
    refunded_fen = serializers.IntegerField(source="refunded")
    held_fen = serializers.IntegerField(source="held")
    amount_fen = serializers.IntegerField(source="amount")


class PartyStatementSerializer(serializers.Serializer[Any]):
    """Amounts in fen, with their sign. `released_fen` is payable, `carried_out_fen` goes on into
    the next statement; below zero since `negative_since`."""

    number = serializers.CharField()
    party = serializers.IntegerField(source="party_id")
    settlement = serializers.IntegerField(source="run_id")
    month = serializers.DateField()
    statement_status = serializers.ChoiceField(StatementStatus.choices, source="status")
    carried_in_fen = serializers.IntegerField(source="carried_in")
    earned_fen = serializers.IntegerField(source="earned")
    refunded_fen = serializers.IntegerField(source="refunded")
    true_ups_fen = serializers.IntegerField(source="true_ups")
    onward_fen = serializers.IntegerField(source="onward")
    adjusted_fen = serializers.IntegerField(source="adjusted")
    other_fen = serializers.IntegerField(source="other")
    held_fen = serializers.IntegerField(source="held")
    total_fen = serializers.IntegerField(source="total")
    released_fen = serializers.IntegerField(source="released")
    carried_out_fen = serializers.IntegerField(source="carried_out")
    paid_fen = serializers.IntegerField()
    negative_since = serializers.DateField(allow_null=True)
    lines = serializers.IntegerField()
    sent_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    agreed_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    paid_at = serializers.DateTimeField(allow_null=True)
    rows = StatementRowSerializer(many=True)


class ShownLineSerializer(serializers.Serializer[Any]):
    """What one order line gave the statement's party. `line`: its key, to dispute it by. Amounts in
    fen, with their sign; `held_fen` is below zero while a dispute holds it."""

    line = serializers.IntegerField(source="line.pk")
    order = serializers.CharField(source="line.order")
    order_line = serializers.CharField(source="line.line")
    product = serializers.CharField(source="line.product")
    merchant = serializers.CharField(source="line.merchant.name")
    creator = serializers.CharField(source="line.creator.name", allow_null=True, default=None)
    paid_at = serializers.DateTimeField(source="line.paid_at", allow_null=True)
    turnover_fen = serializers.IntegerField(source="turnover")
    earned_fen = serializers.IntegerField(source="earned")
    refunded_fen = serializers.IntegerField(source="refunded")
    held_fen = serializers.IntegerField(source="held")
    amount_fen = serializers.IntegerField(source="amount")
    phases = serializers.ListField(child=serializers.IntegerField())
    is_disputed = serializers.BooleanField()


class ShownLinesSerializer(serializers.Serializer[Any]):
    """A page, the newest line first. `older` and `newer` are cursors of the pages beside it; empty:
    none."""

    lines = ShownLineSerializer(many=True)
    older = serializers.CharField(source="next", allow_blank=True)
    newer = serializers.CharField(source="previous", allow_blank=True)


class _LinesAskedSerializer(serializers.Serializer[Any]):
    order = serializers.CharField(max_length=64, default="", allow_blank=True)
    cursor = serializers.CharField(max_length=200, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)


class StatementViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Statement]
):
    """What a party has coming of a month, and what became of it."""

    queryset = Statement.objects.none()
    serializer_class = PartyStatementSerializer
    lookup_field = "number"
    lookup_value_regex = "[0-9A-Za-z-]+"

    def get_queryset(self) -> QuerySet[Statement]:
        rows = statements_read_by(self.request).prefetch_related("rows").order_by("-pk")
        settlement = self.request.query_params.get("settlement", "")
        is_number = settlement.isascii() and settlement.isdecimal() and len(settlement) <= 18
        return rows.filter(run=int(settlement)) if is_number else rows

    @extend_schema(
        parameters=[
            PARTY_HEADER,
            OpenApiParameter("settlement", int, description="Of this run only."),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest first."""
        return super().list(request, *args, **kwargs)

    @reads(
        ShownLinesSerializer,
        OpenApiParameter("order", str, description="Of this order only."),
        OpenApiParameter("cursor", str, description="Of the page before or behind it."),
        OpenApiParameter("limit", int, description="Lines a page, 100 at most."),
    )
    @action(detail=True, methods=["get"])
    def lines(self, request: Request, number: str) -> Response:
        """Its order lines, a page at a time. All of them as XLSX or CSV are an export of the kind
        `settlement.statement` with this `number`."""
        asked = _LinesAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        page = selectors.lines_page(
            self.get_object(), order=said["order"], cursor=said["cursor"], size=said["limit"]
        )
        return Response(ShownLinesSerializer(page).data)

    @reads_file("application/pdf")
    @action(detail=True, methods=["get"])
    def paper(self, request: Request, number: str) -> HttpResponse:
        """It as a PDF, in the language of the request."""
        statement = self.get_object()
        return pdf_file(render_statement(statement), statement.number)

    @writes(PartyStatementSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def agreement(self, request: Request, number: str) -> Response:
        """Agree, as the party's owner or finance."""
        done = services.agree_statement(request.actor, statement=self.get_object())
        return self._shown(done)

    @writes(PartyStatementSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, number: str) -> Response:
        """Make it payable; not by who prepared its run."""
        done = services.approve_statement(request.actor, statement=self.get_object())
        return self._shown(done)

    @writes(LineDisputeSerializer, status=201, request=NewLineDisputeSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def disputes(self, request: Request, number: str) -> Response:
        """Name lines that are wrong: they are held, the rest pays."""
        statement = self.get_object()
        form = NewLineDisputeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = DisputeFields(form.validated_data["lines"], form.validated_data["reason"])
        made = services.dispute_lines(request.actor, statement=statement, fields=said)
        return Response(LineDisputeSerializer(made).data, status=201)

    def _shown(self, statement: Statement) -> Response:
        return Response(PartyStatementSerializer(self.get_queryset().get(pk=statement.pk)).data)
