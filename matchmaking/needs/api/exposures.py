"""How evenly candidates were shown, for operators."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import rules
from matchmaking.needs.exposures import KINDS, PERIODS, exposure_report
from portal.core.api.schema import reads
from portal.core.web import whole_number


class ExposureGroupSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    providers = serializers.IntegerField()
    seen = serializers.IntegerField()
    shown = serializers.IntegerField()
    gini = serializers.FloatField(allow_null=True)


class ExposureReportSerializer(serializers.Serializer[Any]):
    """Showings by group of one kind of party. `tenths`: the share that each tenth of those listed
    got, the least first."""

    kind = serializers.CharField()
    days = serializers.IntegerField()
    since = serializers.DateField()
    needs = serializers.IntegerField()
    marked = serializers.IntegerField()
    groups = ExposureGroupSerializer(many=True)
    tenths = serializers.ListField(child=serializers.FloatField())


class ExposureViewSet(viewsets.ViewSet):
    """How evenly candidates were shown; for operators."""

    @reads(
        ExposureReportSerializer,
        OpenApiParameter("days", int, enum=list(PERIODS)),
        OpenApiParameter("kind", str, enum=[kind.value for kind in KINDS]),
    )
    def list(self, request: Request) -> Response:
        """Of providers unless another kind is asked for; `groups` counts everyone listed."""
        rules.can_see_exposure(request.actor).require()
        days = whole_number(request.query_params.get("days", ""))
        asked = request.query_params.get("kind")
        kind = next((kind for kind in KINDS if kind == asked), KINDS[0])
        report = exposure_report(days if days in PERIODS else PERIODS[1], kind)
        return Response(ExposureReportSerializer(report).data)
