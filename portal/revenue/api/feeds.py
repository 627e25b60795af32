"""Feeds and what their columns are called, for those who import orders."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.revenue import rules, services
from portal.revenue.models import Feed
from portal.revenue.rules import Headers
from portal.revenue.selectors import headers_by_column


class HeadersSerializer(serializers.Serializer[Any]):
    """By column, in the place of all that were saved before."""

    headers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text='Such as `{"order": ["Order no."]}`.',
    )


class FeedSerializer(serializers.Serializer[Any]):
    """`party`: whose keys bring its events in."""

    code = serializers.CharField()
    name = serializers.CharField()
    platform_coupon_lowers = serializers.BooleanField()
    freight_counts = serializers.BooleanField()
    party = serializers.IntegerField(source="party_id", allow_null=True)
    headers = serializers.SerializerMethodField()

    def get_headers(self, feed: Feed) -> dict[str, list[str]]:
        return headers_by_column(feed)


class FeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Feed]):
    queryset = Feed.objects.none()
    serializer_class = FeedSerializer
    pagination_class = None

    def get_queryset(self) -> QuerySet[Feed]:
        rules.can_import_orders(self.request.actor).require()
        return Feed.objects.order_by("code")

    @writes(FeedSerializer, request=HeadersSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Save what its columns are called in files; a header means one column."""
        form = HeadersSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        headers: Headers = form.validated_data["headers"]
        feed = services.save_headers(request.actor, feed=self.get_object(), headers=headers)
        return Response(FeedSerializer(feed).data)
