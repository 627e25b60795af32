"""The weekly boards over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matchmaking.catalogue import selectors
from portal.core.api.schema import reads


class AskedBoardSerializer(serializers.Serializer[Any]):
    category = serializers.CharField(max_length=20, allow_blank=True, default="")
    week = serializers.DateField(allow_null=True, default=None)


class BoardPlaceSerializer(serializers.Serializer[Any]):
    """`moved`: places won since the week before; null: it was not there."""

    rank = serializers.IntegerField(source="place.rank")
    product = serializers.IntegerField(source="place.product_id")
    name = serializers.CharField(source="place.product.name")
    merchant = serializers.IntegerField(source="place.product.merchant_id")
    merchant_name = serializers.CharField(source="place.product.merchant.name")
    sales_fen = serializers.IntegerField(source="place.sales_fen")
    orders = serializers.IntegerField(source="place.orders")
    reputation = serializers.FloatField(source="place.stars")
    points = serializers.FloatField(source="place.points")
    prize = serializers.CharField(source="place.prize.name", allow_null=True, default=None)
    moved = serializers.IntegerField(allow_null=True)


class BoardSerializer(serializers.Serializer[Any]):
    """One board and its places; `weeks` and `categories` say which others there are. Without a
    board yet: week and category null and no places."""

    week = serializers.DateField(allow_null=True)
    category = serializers.SerializerMethodField()
    weeks = serializers.ListField(child=serializers.DateField())
    categories = serializers.SerializerMethodField()
    sales_weight = serializers.IntegerField()
    reputation_weight = serializers.IntegerField()
    places = BoardPlaceSerializer(many=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_category(self, page: dict[str, Any]) -> str | None:
        return page["board"].category.code if page["board"] else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_categories(self, page: dict[str, Any]) -> list[str]:
        return [board.category.code for board in page["boards"]]


class BoardsView(APIView):
    @reads(
        BoardSerializer,
        OpenApiParameter("category", str, description="A category's code."),
        OpenApiParameter("week", str, description="Its Monday, as YYYY-MM-DD."),
    )
    def get(self, request: Request) -> Response:
        """The board that was asked for, else the newest."""
        asked = AskedBoardSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        page = selectors.board_page(**asked.validated_data)
        return Response(BoardSerializer(page).data)
