from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from portal.notices import services
from portal.notices.models import Notice


class NoticeSerializer(serializers.Serializer[Any]):
    """A notice in the language of the request."""

    id = serializers.IntegerField()
    party_id = serializers.IntegerField(allow_null=True)
    event = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NoticeViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Notice]
):
    """This person's inbox."""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.visible_to(self.request.actor)

    @writes(NoticeSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def reading(self, request: Request, pk: str) -> Response:
        """Mark as read."""
        notice = self.get_object()
        services.read_notice(request.actor, notice=notice)
        notice.refresh_from_db()
        return Response(NoticeSerializer(notice).data)
