"""Events of orders from machines, in the upstream format: the same service as a file's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.verdict import Flaw, flawless
from portal.policies.states import ProductSource
from portal.revenue import services
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields
from portal.revenue.order_states import Carrier, EventKind
from portal.revenue.upstream import Named, read_row

MOST_EVENTS = 1_000
YUAN = r"^\d{1,15}(\.\d{1,2})?$"
PAID = {
    "event_id": "E-10001",
    "order": "6920001",
    "line": "1",
    "event": "paid",
    "shop": "shop-1001",
    "product": "sku-77",
    "category": "food",
    "product_source": "shop",
    "creator": "xiaoman",
    "carrier": "live",
    "live_id": "live-20260301",
    "buyer_hash": "9f86d081",
    "gross": "199.00",
    "shop_coupon": "10.00",
    "occurred_at": "2026-03-01T20:15:00+08:00",
}
SAME = {name: PAID[name] for name in ("order", "line", "shop")}
SETTLED = SAME | {
    "event_id": "E-10002",
    "event": "settled",
    "phase": 1,
    "gross": "189.00",
    "occurred_at": "2026-03-20T10:00:00+08:00",
}
REFUNDED = SAME | {
    "event_id": "E-10003",
    "event": "refunded",
    "gross": "60.00",
    "refund_of": "E-10002",
    "occurred_at": "2026-03-25T09:30:00+08:00",
}


def word(most: int) -> serializers.CharField:
    return serializers.CharField(max_length=most, allow_blank=True, default="")


def choice(choices: Sequence[str]) -> serializers.ChoiceField:
    return serializers.ChoiceField(list(choices), allow_blank=True, default="")


class YuanField(serializers.RegexField):
    """An amount as text: a number of JSON may have been rounded on its way."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(YUAN, max_length=18, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class NewOrderEventSerializer(serializers.Serializer[Any]):
    """One thing that happened to a line of an order; amounts in yuan. `shop` and `creator` are the
    numbers that a merchant and a creator have proven on this site."""

    event_id = word(64)
    order = serializers.CharField(max_length=64)
    line = serializers.CharField(max_length=32)
    event = serializers.ChoiceField(EventKind.values)
    phase = serializers.IntegerField(min_value=1, max_value=10**6, allow_null=True, default=None)
    shop = serializers.CharField(max_length=60)
    product = word(60)
    category = word(60)
    product_source = choice(ProductSource.values)
    creator = word(60)
    carrier = choice(Carrier.values)
    live_id = word(60)
    buyer_hash = word(64)
    gross = YuanField(help_text="Before coupons.")
    shop_coupon = YuanField(default="")
    platform_coupon = YuanField(default="")
    freight = YuanField(default="")
    refund_of = word(64)
    occurred_at = serializers.CharField(
        max_length=40, help_text="ISO 8601; without a zone it is Shanghai's."
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A day's events", value={"feed": "douyin", "events": [PAID, SETTLED, REFUNDED]}
        )
    ]
)
class NewOrderEventsSerializer(serializers.Serializer[Any]):
    feed = serializers.CharField(max_length=20, help_text="The code of the feed.")
    events = serializers.ListSerializer(
        child=NewOrderEventSerializer(), allow_empty=False, max_length=MOST_EVENTS
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample("Recorded", value={"new": 3, "repeated": 0, "waiting": 0, "postings": 3})
    ]
)
class OrderEventsRecordedSerializer(serializers.Serializer[Any]):
    new = serializers.IntegerField()
    repeated = serializers.IntegerField(help_text="Known already, with the same content")
    waiting = serializers.IntegerField(help_text="New ones of lines that are not paid yet")
    postings = serializers.IntegerField(help_text="Journals they were posted as")


class OrderEventsView(APIView):
    @writes(OrderEventsRecordedSerializer, request=NewOrderEventsSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Bring up to 1,000 events in, all of them or none: a refusal names each wrong one by its
        place, as `events.3.gross`. The same event again changes nothing; they may come in any
        order. Keys need the scope `orders:write`, of the party that operators named for the
        feed."""
        form = NewOrderEventsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = form.validated_data
        feed = get_object_or_404(Feed.objects.brought_by(request.actor), pk=told["feed"])
        events = _events(feed, told["events"])
        try:
            recorded = services.record_orders(request.actor, feed=feed, events=events)
        except services.OrderFaults as refused:
            flawless(_at(place, flaw) for place, flaw in refused.faults).require()
            raise
        return Response(OrderEventsRecordedSerializer(recorded).data)


def _events(feed: Feed, rows: Sequence[Mapping[str, Any]]) -> list[EventFields]:
    """Refused, every flaw named, where a row is wrong by itself."""
    read = [read_row(_cells(feed, row)) for row in rows]
    flaws = [_at(place, flaw) for place, (_values, found) in enumerate(read) for flaw in found]
    flawless(flaws).require()
    named = Named([values for values, _flaws in read])
    for place, (values, _flaws) in enumerate(read):
        flaws += [_at(place, flaw) for flaw in named.flaws(values)]
    flawless(flaws).require()
    return [named.fields(values, place) for place, (values, _flaws) in enumerate(read)]


def _cells(feed: Feed, row: Mapping[str, Any]) -> dict[str, str]:
    """As a file would say it."""
    cells = {name: "" if value is None else str(value) for name, value in row.items()}
    return cells | {"source": feed.code}


def _at(place: int, flaw: Flaw) -> Flaw:
    return Flaw(f"events.{place}.{flaw.field}", flaw.sentence)
