"""What fairs came to, over the API: of one, and of those of a year beside each other."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.fairs import rules, selectors
from matchmaking.fairs.api.running import FairRunningViewSet
from matchmaking.fairs.states import BrandSize
from portal.core import clock
from portal.core.api.schema import reads
from portal.core.web import whole_number

OF_FAIR = ("fair", "seated", "here", "show_up_percent", "meetings_a_head", "way")


class WaySerializer(serializers.Serializer[Any]):
    """From meetings to money: each step is of those before it. Amounts in fen, of the lines of the
    papers that were agreed there."""

    meetings = serializers.IntegerField()
    wanted = serializers.IntegerField()
    agreed = serializers.IntegerField()
    samples = serializers.IntegerField()
    posted = serializers.IntegerField()
    lines = serializers.IntegerField(source="lines.lines")
    paid_fen = serializers.IntegerField(source="lines.paid_fen")
    net_fen = serializers.IntegerField(source="lines.net_fen")
    open_fen = serializers.IntegerField(source="lines.open_fen")


class WayOfCategorySerializer(serializers.Serializer[Any]):
    category = serializers.CharField()
    way = WaySerializer()


class WayOfSizeSerializer(serializers.Serializer[Any]):
    size = serializers.ChoiceField(BrandSize.choices)
    way = WaySerializer()


class FollowUpSerializer(serializers.Serializer[Any]):
    """What it had come to so many days after it."""

    days = serializers.IntegerField()
    agreed = serializers.IntegerField()
    lines = serializers.IntegerField()
    net_fen = serializers.IntegerField()
    open_fen = serializers.IntegerField()


class FairReturnSerializer(serializers.Serializer[Any]):
    """`show_up_percent`, `meetings_a_head`, `cost_a_deal_fen`: none where there is nothing to
    divide by."""

    fair = serializers.IntegerField(source="fair.pk")
    seated = serializers.IntegerField()
    here = serializers.IntegerField()
    show_up_percent = serializers.IntegerField(allow_null=True)
    meetings_a_head = serializers.FloatField(allow_null=True)
    cost_fen = serializers.IntegerField(source="fair.cost_fen")
    cost_a_deal_fen = serializers.IntegerField(source="way.cost_a_deal_fen", allow_null=True)
    whole = WaySerializer(source="way")


class FairReportSerializer(FairReturnSerializer):
    categories = WayOfCategorySerializer(many=True)
    sizes = WayOfSizeSerializer(many=True)
    follow_ups = FollowUpSerializer(many=True)


class FairReturnsSerializer(serializers.Serializer[Any]):
    fairs = FairReturnSerializer(many=True)
    categories = WayOfCategorySerializer(many=True)
    sizes = WayOfSizeSerializer(many=True)
    whole = WaySerializer()


class FairReturnsViewSet(FairRunningViewSet):
    """The same fairs, and what they came to."""

    @reads(FairReportSerializer)
    @action(detail=True, methods=["get"], pagination_class=None)
    def report(self, request: Request, pk: str) -> Response:
        """Who came, what was agreed, and the orders of that, by category and size of the brand."""
        fair = self.get_object()
        rules.can_run_fairs(request.actor).require()
        found = selectors.returns_across([fair])
        [row] = found.fairs
        told = {name: getattr(row, name) for name in OF_FAIR} | _parts(found)
        told["follow_ups"] = fair.follow_ups.order_by("days")
        return Response(FairReportSerializer(told).data)

    @reads(FairReturnsSerializer, OpenApiParameter("year", int, description="This one unasked"))
    @action(detail=False, methods=["get"], pagination_class=None)
    def returns(self, request: Request) -> Response:
        """The fairs that were held in a year beside each other."""
        rules.can_run_fairs(request.actor).require()
        year = whole_number(request.query_params.get("year", "")) or clock.today().year
        found = selectors.returns_across(list(selectors.held_in_year(year)))
        told = {"fairs": found.fairs, "whole": found.whole} | _parts(found)
        return Response(FairReturnsSerializer(told).data)


def _parts(found: selectors.Across) -> dict[str, Any]:
    return {
        "categories": [{"category": one.code, "way": way} for one, way in found.categories],
        "sizes": [{"size": size, "way": way} for size, way in found.sizes],
    }
