"""Why bids were lost, over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import rules, selectors
from portal.core.api.schema import reads


class ReasonCountSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()
    share = serializers.FloatField()


class LossReportSerializer(serializers.Serializer[Any]):
    """Reasons of the last year: the merchants', and the bidders'."""

    declined = ReasonCountSerializer(many=True)
    withdrawn = ReasonCountSerializer(many=True)


class LossViewSet(viewsets.ViewSet):
    """Why proposals to the acting merchant's needs, or the acting bidder's own, came to nothing."""

    @reads(LossReportSerializer)
    def list(self, request: Request) -> Response:
        rules.can_see_losses(request.actor).require()
        return Response(LossReportSerializer(selectors.losses_for(request.actor)).data)
