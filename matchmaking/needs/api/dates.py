"""A creator's free days over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import rules, selectors, services
from matchmaking.needs.fields import FreeSpan
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes


class FreeSpanSerializer(serializers.Serializer[Any]):
    """Both days are included."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class FreeDaysSerializer(serializers.Serializer[Any]):
    spans = FreeSpanSerializer(many=True)


class FreeDaysViewSet(viewsets.ViewSet):
    """When the acting creator is free; without any span it has not said."""

    @reads(FreeDaysSerializer)
    def list(self, request: Request) -> Response:
        rules.can_read_free_days(request.actor).require()
        rows = selectors.free_times_of(request.actor)
        return Response(FreeDaysSerializer({"spans": rows}).data)

    @writes(FreeDaysSerializer, request=FreeDaysSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """All spans anew."""
        rules.can_set_free_days(request.actor).require()
        form = FreeDaysSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        spans = [FreeSpan(**span) for span in form.validated_data["spans"]]
        rows = services.set_free_days(request.actor, spans=spans)
        return Response(FreeDaysSerializer({"spans": rows}).data)
