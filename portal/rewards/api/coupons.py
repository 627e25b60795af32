"""Traffic coupons: one's own with where they went; their use, told by the traffic platform."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.rewards import rules, services
from portal.rewards.api.paging import ByGrant
from portal.rewards.fields import UseFields
from portal.rewards.models import Coupon
from portal.rewards.states import CouponScope, CouponStatus


class CouponUseSerializer(serializers.Serializer[Any]):
    amount = serializers.IntegerField()
    ref = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class TrafficCouponSerializer(serializers.Serializer[Any]):
    """Points of traffic, never money."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    kind = serializers.CharField(source="kind.code")
    coupon_scope = serializers.ChoiceField(CouponScope.choices, source="kind.scope")
    task_claim = serializers.UUIDField(source="claim_id")
    face = serializers.IntegerField()
    used = serializers.IntegerField()
    rest = serializers.IntegerField()
    coupon_status = serializers.ChoiceField(CouponStatus.choices, source="status")
    granted_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    uses = CouponUseSerializer(many=True, source="uses.all")


class NewUseSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=20)
    amount = serializers.IntegerField(min_value=1)
    ref = serializers.CharField(max_length=80, help_text="Of the traffic order; once.")
    at = serializers.DateTimeField()
    text = serializers.CharField(max_length=120, allow_blank=True, default="")


class NewUsesSerializer(serializers.Serializer[Any]):
    uses = NewUseSerializer(many=True)


class UsesTakenSerializer(serializers.Serializer[Any]):
    recorded = serializers.IntegerField(help_text="How many were new.")


class TrafficCouponViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Coupon]
):
    """Of the party one speaks for; of all, for operators."""

    queryset = Coupon.objects.none()
    serializer_class = TrafficCouponSerializer
    pagination_class = ByGrant
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Coupon]:
        rows = Coupon.objects.visible_to(self.request.actor)
        return rows.select_related("kind").prefetch_related("uses")

    @writes(UsesTakenSerializer, request=NewUsesSerializer)
    @action(detail=False, methods=["post"])
    @idempotent
    def uses(self, request: Request) -> Response:
        """Where points went: all of it, or nothing. Known traffic orders are skipped."""
        rules.can_use_coupons(request.actor).require()
        form = NewUsesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        uses = [UseFields(**one) for one in form.validated_data["uses"]]
        recorded = services.use_coupons(request.actor, uses=uses)
        return Response(UsesTakenSerializer({"recorded": recorded}).data)
