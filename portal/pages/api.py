"""The home of a party, over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.schema import reads
from portal.pages.homes import home_of
from portal.pages.trends import figures_for


class HomeFigureSerializer(serializers.Serializer[Any]):
    """One number as the page writes it; `trend` is its course, month by month, the oldest first."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, not the own label
    value = serializers.CharField()
    unit = serializers.CharField(default="")
    note = serializers.CharField(default="")
    trend = serializers.ListField(child=serializers.FloatField(), default=list)
    url = serializers.CharField(default="")


class HomeRowSerializer(serializers.Serializer[Any]):
    """`percent` is the length of its bar; `tone` is ok, warn, bad or empty."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, not the own label
    value = serializers.CharField()
    note = serializers.CharField()
    url = serializers.CharField()
    percent = serializers.IntegerField(allow_null=True)
    tone = serializers.CharField()


class HomeCardSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    url = serializers.CharField()
    rows = HomeRowSerializer(many=True)


class HomeStepSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class HomeSerializer(serializers.Serializer[Any]):
    """What the party one speaks for reads on its home; `next` is null before it is verified."""

    figures = HomeFigureSerializer(many=True)
    cards = HomeCardSerializer(many=True)
    next = HomeStepSerializer(allow_null=True)


class WorkbenchView(generics.GenericAPIView[Any]):
    serializer_class = HomeSerializer
    pagination_class = None

    @reads(HomeSerializer)
    def get(self, request: Request) -> Response:
        """The numbers of the home with their course, its cards, the next step."""
        home = home_of(request.actor)
        figures = [*figures_for(request.actor), *home.figures]
        told = {"figures": figures, "cards": home.cards, "next": home.next}
        return Response(HomeSerializer(told).data)
