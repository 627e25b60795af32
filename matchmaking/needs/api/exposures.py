"""How evenly candidates were shown, for operators."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import rules
from matchmaking.needs.exposures import PERIODS, exposure_report
from portal.core.api.schema import reads
from portal.core.web import whole_number


class ExposureGroupSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    providers = serializers.IntegerField()
    seen = serializers.IntegerField()
    shown = serializers.IntegerField()
    gini = serializers.FloatField(allow_null=True)


class ExposureReportSerializer(serializers.Serializer[Any]):
    """Showings by group. `tenths`: the share each tenth of the providers got, the least first."""

    days = serializers.IntegerField()
    since = serializers.DateField()
    needs = serializers.IntegerField()
    marked = serializers.IntegerField()
    groups = ExposureGroupSerializer(many=True)
    tenths = serializers.ListField(child=serializers.FloatField())


class ExposureViewSet(viewsets.ViewSet):
    """How evenly candidates were shown; for operators."""

    @reads(ExposureReportSerializer, OpenApiParameter("days", int, enum=list(PERIODS)))
    def list(self, request: Request) -> Response:
        rules.can_see_exposure(request.actor).require()
        asked = whole_number(request.query_params.get("days", ""))
        report = exposure_report(asked if asked in PERIODS else PERIODS[1])
        return Response(ExposureReportSerializer(report).data)
