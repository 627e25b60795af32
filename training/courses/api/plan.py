"""The year's plan of training over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core import clock
from portal.core.api.schema import reads
from portal.core.web import whole_number
from training.courses import rules, selectors

YEARS = (2018, 2100)


class TrainingPlanSerializer(serializers.Serializer[Any]):
    """Sessions of one kind that begin in the year: `told` are open, running or over, `held` of
    them have begun, `planned` are not open yet, `missing` are still to plan; cancelled ones count
    for nothing."""

    kind = serializers.CharField()
    target = serializers.IntegerField()
    told = serializers.IntegerField()
    held = serializers.IntegerField()
    planned = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    missing = serializers.IntegerField()


class TrainingPlanView(APIView):
    """How far the year's plan has come, for who runs the training."""

    @reads(TrainingPlanSerializer(many=True), OpenApiParameter("year", int))
    def get(self, request: Request) -> Response:
        """Of this year, or of another."""
        rules.can_run_training(request.actor).require()
        year = clock.today().year
        if text := request.query_params.get("year", ""):
            year = whole_number(text) or 0
            if not YEARS[0] <= year <= YEARS[1]:
                raise ValidationError({"year": [f"{YEARS[0]}–{YEARS[1]}"]})
        return Response(TrainingPlanSerializer(selectors.year_plan(year), many=True).data)
