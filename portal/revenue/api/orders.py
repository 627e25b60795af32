"""Order lines over the API: read by those they are of."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets

from portal.revenue import rules
from portal.revenue.models import ROLES, OrderLine
from portal.revenue.order_states import EventKind


class OrderEventSerializer(serializers.Serializer[Any]):
    event_id = serializers.CharField()
    kind = serializers.ChoiceField(EventKind.choices)
    phase = serializers.IntegerField()
    amount_fen = serializers.IntegerField()
    occurred_at = serializers.DateTimeField()


class OrderLineSerializer(serializers.Serializer[Any]):
    """A line of an order. Amounts in fen; `terms` is the hash of the tree it is split by."""

    id = serializers.IntegerField()
    feed = serializers.CharField(source="feed_id")
    order = serializers.CharField()
    line = serializers.CharField()
    merchant = serializers.IntegerField(source="merchant_id")
    creator = serializers.IntegerField(source="creator_id", allow_null=True)
    agency = serializers.IntegerField(source="agency_id", allow_null=True)
    provider = serializers.IntegerField(source="provider_id", allow_null=True)
    leader = serializers.IntegerField(source="leader_id", allow_null=True)
    product = serializers.CharField()
    product_source = serializers.CharField()
    carrier = serializers.CharField()
    paid_at = serializers.DateTimeField(allow_null=True)
    paid_fen = serializers.IntegerField()
    settled_fen = serializers.IntegerField()
    refunded_fen = serializers.IntegerField()
    terms = serializers.CharField(source="terms_id", allow_null=True)


class OrderLineDetailSerializer(OrderLineSerializer):
    """With what happened to it, and the tree as text for whoever reads all of its shares."""

    document = serializers.SerializerMethodField()
    events = OrderEventSerializer(many=True)

    def get_document(self, line: OrderLine) -> str:
        actor = self.context["request"].actor
        reads_all = rules.roles_read(actor, line) == frozenset(ROLES)
        return line.terms.document if line.terms and reads_all else ""


class OrderLineViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[OrderLine]
):
    """Lines that the party you speak for pays or is paid by."""

    queryset = OrderLine.objects.none()

    def get_queryset(self) -> QuerySet[OrderLine]:
        lines = OrderLine.objects.visible_to(self.request.actor)
        if self.action == "list":
            return lines
        return lines.select_related("terms").prefetch_related("events")

    def get_serializer_class(self) -> Any:
        return OrderLineSerializer if self.action == "list" else OrderLineDetailSerializer
