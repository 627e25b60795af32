"""How much of a feed arrived: what it announced for each day, and what is here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema_serializer
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core import clock
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.forms import MAX_FEN
from portal.revenue import rules, selectors, services
from portal.revenue.models import Feed

MOST_EVENTS = 2_000_000_000


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A day",
            value={"feed": "douyin", "day": "2026-03-01", "events": 3, "amount_fen": 43800},
        )
    ]
)
class ControlTotalSerializer(serializers.Serializer[Any]):
    """What a feed sent for a day: all events that happened on it in Shanghai, and the sum of what
    is split of them."""

    feed = serializers.CharField(max_length=20, source="feed_id", help_text="The feed's code.")
    day = serializers.DateField()
    events = serializers.IntegerField(min_value=0, max_value=MOST_EVENTS)
    amount_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    told_at = serializers.DateTimeField(read_only=True)


class FeedDaySerializer(serializers.Serializer[Any]):
    """`told`: null where nothing was announced."""

    day = serializers.DateField()
    arrived = serializers.IntegerField(help_text="Events that are here.")
    amount_fen = serializers.IntegerField(help_text="Their sum.")
    completeness_bp = serializers.IntegerField(allow_null=True)
    is_complete = serializers.BooleanField()
    told = ControlTotalSerializer(allow_null=True)


class OrderTotalsView(APIView):
    @writes(ControlTotalSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Say how much a feed sent for a day. Said again, the later word holds. Keys need the scope
        `orders:write`, of the party that operators named for the feed."""
        form = ControlTotalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = dict(form.validated_data)
        feed = get_object_or_404(Feed.objects.brought_by(request.actor), pk=told.pop("feed_id"))
        total = services.announce_total(request.actor, feed=feed, **told)
        return Response(ControlTotalSerializer(total).data)


class _AskedSerializer(serializers.Serializer[Any]):
    feed = serializers.CharField()
    until = serializers.DateField(required=False)


class OrderCompletenessView(generics.GenericAPIView[Feed]):
    serializer_class = FeedDaySerializer
    pagination_class = None
    queryset = Feed.objects.none()

    @reads(
        FeedDaySerializer(many=True),
        OpenApiParameter("feed", str, required=True, description="The feed's code."),
        OpenApiParameter("until", date, description="The last of 31 days; today without it."),
    )
    def get(self, request: Request) -> Response:
        """The last days of a feed, newest first: what was announced, and what arrived."""
        asked = _AskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        feed = get_object_or_404(
            selectors.feeds_seen_by(request.actor), pk=asked.validated_data["feed"]
        )
        rules.can_see_completeness(request.actor, feed).require()
        until = asked.validated_data.get("until") or clock.today()
        days = selectors.completeness(feed, until=until)
        return Response(FeedDaySerializer(days, many=True).data)
