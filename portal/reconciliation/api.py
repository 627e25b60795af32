"""Reconciliation over the API: days and differences, with the same steps as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema_serializer
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import KeysetPagination
from portal.core.api.schema import reads, writes
from portal.reconciliation import rules, selectors, services
from portal.reconciliation.fields import Resolution
from portal.reconciliation.models import Day, Difference
from portal.reconciliation.models.differences import MOST_WHY
from portal.reconciliation.rules import MOST_DOCUMENT
from portal.reconciliation.states import (
    Basis,
    Between,
    Book,
    DifferenceKind,
    DifferenceStatus,
    DifferenceStepKind,
    MatchedBy,
)
from portal.revenue.models import BankRow


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A day with something missing",
            value={
                "id": 7,
                "book": "orders",
                "feed": "douyin",
                "day": "2026-03-01",
                "basis": "listed",
                "expected_events": 3,
                "expected_fen": 43800,
                "arrived_events": 2,
                "arrived_fen": 23900,
                "booked_events": 2,
                "booked_fen": 23900,
                "sound_events": 2,
                "sound_fen": 23900,
                "completeness_bp": 5456,
                "open_differences": 1,
                "counted_at": "2026-03-02T03:30:00+08:00",
            },
        )
    ]
)
class ReconciledDaySerializer(serializers.Serializer[Any]):
    """`feed`: null for a day at the bank. `expected`: announced or listed, null where neither;
    `sound`: what of it arrived as it should and stands in the books; `completeness_bp`: the smaller
    share of events and of money. Amounts without their sign."""

    id = serializers.IntegerField()
    book = serializers.ChoiceField(Book.choices)
    feed = serializers.CharField(source="feed_id", allow_null=True)
    day = serializers.DateField()
    basis = serializers.ChoiceField(Basis.choices)
    expected_events = serializers.IntegerField(allow_null=True)
    expected_fen = serializers.IntegerField(allow_null=True)
    arrived_events = serializers.IntegerField()
    arrived_fen = serializers.IntegerField()
    booked_events = serializers.IntegerField()
    booked_fen = serializers.IntegerField()
    sound_events = serializers.IntegerField()
    sound_fen = serializers.IntegerField()
    completeness_bp = serializers.IntegerField(allow_null=True)
    open_differences = serializers.IntegerField(source="open_count")
    counted_at = serializers.DateTimeField(allow_null=True)


class DayDifferenceStepSerializer(serializers.Serializer[Any]):
    what = serializers.ChoiceField(DifferenceStepKind.choices, source="kind")
    at = serializers.DateTimeField()
    person = serializers.CharField(source="person.name", default=None, allow_null=True)
    why = serializers.CharField()
    document = serializers.CharField()


class DayDifferenceSerializer(serializers.Serializer[Any]):
    """`expected` and `found`: what the two sides say where it is no amount. `event`: the key of the
    order's event, `bank_row`: of the bank's row."""

    id = serializers.IntegerField()
    day = serializers.IntegerField(source="day_id")
    between = serializers.ChoiceField(Between.choices)
    difference_kind = serializers.ChoiceField(DifferenceKind.choices, source="kind")
    key = serializers.CharField()
    subject = serializers.CharField()
    expected_fen = serializers.IntegerField(allow_null=True)
    found_fen = serializers.IntegerField(allow_null=True)
    expected = serializers.CharField()
    found = serializers.CharField()
    event = serializers.IntegerField(source="event_id", allow_null=True)
    bank_row = serializers.IntegerField(source="bank_row_id", allow_null=True)
    difference_status = serializers.ChoiceField(DifferenceStatus.choices, source="status")
    found_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()
    gone_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = serializers.CharField(source="resolved_by.name", default=None, allow_null=True)
    why = serializers.CharField()
    document = serializers.CharField()
    steps = DayDifferenceStepSerializer(many=True)


class ResolutionSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=MOST_WHY)
    document = serializers.CharField(max_length=MOST_DOCUMENT, allow_blank=True, default="")


class ReopeningSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=MOST_WHY)


class BankMatchSerializer(serializers.Serializer[Any]):
    bank_row = serializers.IntegerField(help_text="Of the amount that is missing, and free.")


class StandingMatchSerializer(serializers.Serializer[Any]):
    """A row of the bank that is a payment already."""

    id = serializers.IntegerField()
    bank_row = serializers.IntegerField(source="row_id")
    booked_on = serializers.DateField(source="row.booked_on")
    reference = serializers.CharField(source="row.reference")
    amount_fen = serializers.IntegerField(source="row.amount_fen")
    pays = serializers.CharField(source="source", help_text="A payout, a bill or a deposit.")
    payment = serializers.CharField(source="key")
    matched_by = serializers.ChoiceField(MatchedBy.choices, source="how")
    matched_at = serializers.DateTimeField()


class MatchEndSerializer(serializers.Serializer[Any]):
    match = serializers.IntegerField(help_text="The `id` of one of `matches`.")
    why = serializers.CharField(max_length=MOST_WHY)


class LatestDayFirst(KeysetPagination):
    ordering = ("-day", "-pk")  # type: ignore[assignment]  # DRF takes several


DAY_FILTERS = (
    OpenApiParameter("feed", str, description="A feed's code, or `bank`."),
    OpenApiParameter("from", OpenApiTypes.DATE, description="The first day."),
    OpenApiParameter("until", OpenApiTypes.DATE, description="The last day."),
)
FILTERS = (
    OpenApiParameter("day", int, description="Of this day."),
    OpenApiParameter("kind", str, enum=DifferenceKind.values),
    OpenApiParameter("between", str, enum=Between.values),
    OpenApiParameter("status", str, enum=DifferenceStatus.values),
)


class _DaysAsked(serializers.Serializer[Any]):
    feed = serializers.CharField(required=False)
    until = serializers.DateField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": serializers.DateField(required=False)}


class _DifferencesAsked(serializers.Serializer[Any]):
    day = serializers.IntegerField(required=False, min_value=1, max_value=10**18)
    kind = serializers.ChoiceField(DifferenceKind.choices, required=False)
    between = serializers.ChoiceField(Between.choices, required=False)
    status = serializers.ChoiceField(DifferenceStatus.choices, required=False)


class DayViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Day]):
    queryset = Day.objects.none()
    serializer_class = ReconciledDaySerializer
    pagination_class = LatestDayFirst

    def get_queryset(self) -> QuerySet[Day]:
        rules.can_see_days(self.request.actor).require()
        rows = Day.objects.with_open()
        if self.action != "list":
            return rows
        asked = _DaysAsked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        if feed := said.get("feed"):
            rows = rows.filter(book=Book.BANK) if feed == "bank" else rows.filter(feed=feed)
        if "from" in said:
            rows = rows.filter(day__gte=said["from"])
        if "until" in said:
            rows = rows.filter(day__lte=said["until"])
        return rows

    @reads(ReconciledDaySerializer(many=True), *DAY_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Counted days of the feeds and of the bank, newest first."""
        return super().list(request, *args, **kwargs)

    @writes(ReconciledDaySerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def count(self, request: Request, pk: str) -> Response:
        """Count the day as it is now: what is no longer found is gone."""
        day = self.get_object()
        services.count_day(request.actor, feed=day.feed, day=day.day)
        return Response(ReconciledDaySerializer(self.get_queryset().get(pk=day.pk)).data)


class DifferenceViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Difference]
):
    queryset = Difference.objects.none()
    serializer_class = DayDifferenceSerializer
    pagination_class = KeysetPagination

    def get_queryset(self) -> QuerySet[Difference]:
        rules.can_see_days(self.request.actor).require()
        rows = Difference.objects.select_related("resolved_by", "day__feed", "bank_row")
        rows = rows.prefetch_related("steps__person")
        if self.action != "list":
            return rows
        asked = _DifferencesAsked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return rows.filter(**asked.validated_data)

    @reads(DayDifferenceSerializer(many=True), *FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Where two sides do not say the same, newest first."""
        return super().list(request, *args, **kwargs)

    @writes(DayDifferenceSerializer, request=ResolutionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def resolution(self, request: Request, pk: str) -> Response:
        """Say what it was, and what put it right; nothing in the books changes by it."""
        difference, form = self.get_object(), ResolutionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = Resolution(**form.validated_data)
        services.resolve_difference(request.actor, difference=difference, said=said)
        return self._answer(difference)

    @writes(DayDifferenceSerializer, request=ReopeningSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopening(self, request: Request, pk: str) -> Response:
        """Open a resolved one again; who resolved it stays on record."""
        difference, form = self.get_object(), ReopeningSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        why = form.validated_data["why"]
        services.reopen_difference(request.actor, difference=difference, why=why)
        return self._answer(difference)

    @writes(DayDifferenceSerializer, request=BankMatchSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def match(self, request: Request, pk: str) -> Response:
        """Name the bank row that a missing payment is; the day is counted again."""
        difference, form = self.get_object(), BankMatchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        rules.can_match_row(request.actor, difference).require()
        rows = selectors.rows_for(difference)
        row: BankRow = get_object_or_404(rows, pk=form.validated_data["bank_row"])
        services.match_row(request.actor, difference=difference, row=row)
        return self._answer(difference)

    @reads(StandingMatchSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def matches(self, request: Request, pk: str) -> Response:
        """Bank rows of this amount near the day that are other payments already."""
        rows = selectors.matches_for(self.get_object())[: selectors.MOST_MATCHES]
        return Response(StandingMatchSerializer(rows, many=True).data)

    @writes(DayDifferenceSerializer, request=MatchEndSerializer)
    @action(detail=True, methods=["post"], url_path="match-end")
    @idempotent
    def match_end(self, request: Request, pk: str) -> Response:
        """Take a match back: it was another payment. Its days are counted again."""
        difference, form = self.get_object(), MatchEndSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        rules.can_decide_differences(request.actor).require()
        found = get_object_or_404(
            selectors.matches_for(difference), pk=form.validated_data["match"]
        )
        services.end_match(request.actor, match=found, why=form.validated_data["why"])
        return self._answer(difference)

    def _answer(self, difference: Difference) -> Response:
        row = self.get_queryset().get(pk=difference.pk)
        return Response(DayDifferenceSerializer(row).data)
