"""What is shown at a fair over the API, with its match for the acting party, part by part."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.fairs import selectors
from matchmaking.fairs.models import Fair, SignUp
from portal.core.api.schema import reads
from portal.core.web import whole_number
from portal.parties.states import PartyKind

ASKED = (
    OpenApiParameter("show", str, enum=["suits", "must", "maybe", "all"]),
    OpenApiParameter("samples", str, enum=["1"], description="Only with samples on request."),
    OpenApiParameter("commission", int, description="At least so many percent."),
    OpenApiParameter("from", int, description="Where the part begins: `after` of the one before."),
)
MOST = 100_000


class FairMatchPartSerializer(serializers.Serializer[Any]):
    """Points of a part of the published match; one not known counts as the middle."""

    code = serializers.CharField()
    points = serializers.FloatField()
    weight = serializers.FloatField()
    is_measured = serializers.BooleanField()


class FairMatchSerializer(serializers.Serializer[Any]):
    """Points of 100, how much of them is measured in percent, and by which product; of a provider
    by which need of the brand, which alone reads it."""

    points = serializers.IntegerField()
    certainty = serializers.IntegerField()
    product = serializers.IntegerField(source="shown.product_id", allow_null=True)
    need = serializers.IntegerField(source="need_id", allow_null=True)
    parts = FairMatchPartSerializer(many=True)


class FairGoodSerializer(serializers.Serializer[Any]):
    """A product there at the terms of the fair. `sign_up`: of its brand; `mark`: what the acting
    party wishes of that; `match`: null where nothing is known to compare."""

    product = serializers.IntegerField(source="shown.product_id")
    name = serializers.CharField(source="shown.product.name")
    sign_up = serializers.UUIDField(source="shown.sign_up_id")
    merchant = serializers.IntegerField(source="shown.sign_up.party_id")
    price_fen = serializers.IntegerField(source="shown.price_fen")
    commission_bp = serializers.IntegerField(source="shown.commission_bp")
    sends_samples = serializers.BooleanField(source="shown.sends_samples")
    order_fen = serializers.IntegerField()
    mark = serializers.CharField()
    match = FairMatchSerializer(source="suit", allow_null=True)


class FairGoodsSerializer(serializers.Serializer[Any]):
    """A part of the list; `after`: where the next begins, null for none."""

    rows = FairGoodSerializer(many=True)
    brands = serializers.IntegerField()
    products = serializers.IntegerField()
    after = serializers.SerializerMethodField()

    def get_after(self, goods: selectors.Goods) -> int | None:
        return goods.after or None


class FairGoodsViewSet(viewsets.GenericViewSet[Fair]):
    """A fair's products, for whoever sees the fair."""

    @reads(FairGoodsSerializer, *ASKED)
    @action(detail=True, methods=["get"], pagination_class=None)
    def products(self, request: Request, pk: str) -> Response:
        """Of brands with a seat: the best match first for creators and agencies, else the highest
        commission."""
        fair, asked = self.get_object(), request.query_params
        found = selectors.goods_there(
            fair,
            request.actor.party,
            self._mine(request, fair),
            selectors.GoodsAsked(
                show=asked.get("show", ""),
                has_samples=asked.get("samples") == "1",
                least=min(whole_number(asked.get("commission", "")), 100),
                first=min(whole_number(asked.get("from", "")), MOST),
            ),
        )
        return Response(FairGoodsSerializer(found).data)

    def _mine(self, request: Request, fair: Fair) -> SignUp | None:
        own = selectors.own_sign_ups(request.actor).filter(fair=fair, party=request.actor.party_id)
        return own.seated().exclude(party__kind=PartyKind.MERCHANT).first()
