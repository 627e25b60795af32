"""The address of one's calendar of courses over the API: shown, made anew, closed."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from training.courses.api.courses import given_by
from training.learning import selectors, services
from training.learning.models import LearningFeed
from training.learning.tokens import calendar_address


class LearningCalendarSerializer(serializers.Serializer[Any]):
    """On: a new address, and the one before opens nothing any more. Off: none."""

    is_on = serializers.BooleanField()


class LearningCalendarAddressSerializer(serializers.Serializer[Any]):
    """For a calendar that subscribes; empty where there is none. Whoever has it sees the hours of
    one's courses, and no contacts."""

    address = serializers.CharField(allow_blank=True)


class LearningCalendarView(APIView):
    """One's own calendar of courses."""

    @reads(LearningCalendarAddressSerializer)
    def get(self, request: Request) -> Response:
        return _shown(request, selectors.feed_of(request.actor))

    @writes(LearningCalendarAddressSerializer, request=LearningCalendarSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """A new address, or none."""
        given = given_by(LearningCalendarSerializer, request)
        return _shown(request, services.change_feed(request.actor, is_on=given["is_on"]))


def _shown(request: Request, feed: LearningFeed | None) -> Response:
    address = calendar_address(request, feed)
    return Response(LearningCalendarAddressSerializer({"address": address}).data)
