"""Announcements over the API: what is told to this person, and putting a banner away."""

from __future__ import annotations

from typing import Any

from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.notices import selectors, services
from portal.notices.models import Announcement
from portal.notices.models.announcement import AnnouncementQuerySet


class SiteAnnouncementSerializer(serializers.Serializer[Any]):
    """An announcement in the language of the request. `weight` is info, warn or urgent; an empty
    `audience` is everybody; `is_current`: its banner shows now to whom it is for."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    weight = serializers.CharField()
    audience = serializers.ListField(child=serializers.CharField())
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    url = serializers.CharField(allow_blank=True)
    is_current = serializers.BooleanField()
    is_dismissed = serializers.BooleanField()


class AnnouncementViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Announcement]
):
    """What was announced to this person or to everybody."""

    queryset = Announcement.objects.none()
    serializer_class = SiteAnnouncementSerializer

    def get_queryset(self) -> AnnouncementQuerySet:
        return selectors.announcements_for(self.request.actor)

    @writes(SiteAnnouncementSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def dismissal(self, request: Request, pk: str) -> Response:
        """Put its banner away; it stays in the list."""
        services.dismiss_announcement(request.actor, announcement=self.get_object())
        return Response(SiteAnnouncementSerializer(self.get_object()).data)
