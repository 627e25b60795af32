"""The platform's books for its finance people and auditors: the trial balance of a month, and which
months are closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import clock
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.ledger import rules, selectors, services
from portal.ledger.fields import month_of
from portal.ledger.models import Closing
from portal.ledger.states import Currency, Kind, Track


class TrialAmountsSerializer(serializers.Serializer[Any]):
    before_fen = serializers.IntegerField(source="before", help_text="Before the month.")
    change_fen = serializers.IntegerField(source="change", help_text="In the month.")
    after_fen = serializers.IntegerField(source="after", help_text="After it.")


class TrialRowSerializer(TrialAmountsSerializer):
    """All accounts of a kind."""

    kind = serializers.ChoiceField(Kind.choices)
    currency = serializers.ChoiceField(Currency.choices)


class TrialTrackSerializer(serializers.Serializer[Any]):
    """`total` is zero, or the books are wrong."""

    track = serializers.ChoiceField(Track.choices)
    rows = TrialRowSerializer(many=True)
    total = TrialAmountsSerializer()


class ClosingSerializer(serializers.Serializer[Any]):
    """A closed month: nothing is posted into it any more."""

    month = serializers.DateField(help_text="Its first day.")
    closed_at = serializers.DateTimeField(read_only=True)

    def validate_month(self, month: date) -> date:
        if month.day != 1:
            raise serializers.ValidationError(_("A month is named by its first day."))
        return month


class TrialBalanceSerializer(serializers.Serializer[Any]):
    """`closing`: null while the month is open."""

    month = serializers.DateField(help_text="Its first day.")
    tracks = TrialTrackSerializer(many=True)
    closing = ClosingSerializer(allow_null=True)


class _MonthSerializer(serializers.Serializer[Any]):
    month = serializers.DateField(required=False)


class BooksView(generics.GenericAPIView[Closing]):
    serializer_class = TrialBalanceSerializer
    pagination_class = None

    @reads(
        TrialBalanceSerializer,
        OpenApiParameter("month", date, description="A day of the month; this month without it."),
    )
    def get(self, request: Request) -> Response:
        """The trial balance of a month, each track by itself."""
        rules.can_see_books(request.actor).require()
        asked = _MonthSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("month")
        month = day.replace(day=1) if day else month_of(clock.now())
        found = {
            "month": month,
            "tracks": selectors.trial_totals(month),
            "closing": Closing.objects.filter(month__gte=month).order_by("month").first(),
        }
        return Response(TrialBalanceSerializer(found).data)


class ClosingsView(generics.GenericAPIView[Closing]):
    serializer_class = ClosingSerializer
    pagination_class = None

    @reads(ClosingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The closed months, the latest first. One that was closed closed those before it."""
        rules.can_see_books(request.actor).require()
        closings = Closing.objects.order_by("-month")
        return Response(ClosingSerializer(closings, many=True).data)

    @writes(ClosingSerializer, status=201)
    @idempotent
    def post(self, request: Request) -> Response:
        """Close a month for good. What comes later counts in the first open one."""
        rules.can_see_books(request.actor).require()
        form = ClosingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        closing = services.close_period(request.actor, month=form.validated_data["month"])
        return Response(ClosingSerializer(closing).data, status=201)
