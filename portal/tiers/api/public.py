"""What everybody reads of the stars; and the windows operators open."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.tiers import selectors, services
from portal.tiers.api.serializers import (
    StarHolderSerializer,
    StarRulesSerializer,
    StarWindowSerializer,
)
from portal.tiers.fields import WindowFields
from portal.tiers.models import StarRuleSet, StarStanding, StarWindow


class StarRulesViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[StarRuleSet]
):
    """Every version of the table that was announced."""

    queryset = StarRuleSet.objects.none()
    serializer_class = StarRulesSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[StarRuleSet]:
        return StarRuleSet.objects.approved().whole().order_by("-pk")


class StarHolderViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[StarStanding]
):
    """Who holds a star now, by the number on its badge."""

    queryset = StarStanding.objects.none()
    serializer_class = StarHolderSerializer
    permission_classes = (AllowAny,)
    lookup_field = "number"
    lookup_value_regex = "[0-9A-Z]+"

    def get_queryset(self) -> QuerySet[StarStanding]:
        return selectors.holders().order_by("-pk")


class StarWindowViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[StarWindow]
):
    queryset = StarWindow.objects.order_by("-pk")
    serializer_class = StarWindowSerializer
    permission_classes = (AllowAny,)

    @writes(StarWindowSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        """Open one, as an operator."""
        window = services.open_star_window(request.actor, fields=_fields(request))
        return Response(StarWindowSerializer(window).data, status=201)

    @writes(StarWindowSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Change its days before it opens, as an operator."""
        window = services.update_star_window(
            request.actor, window=self.get_object(), fields=_fields(request)
        )
        return Response(StarWindowSerializer(window).data)


def _fields(request: Request) -> WindowFields:
    form = StarWindowSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    data: dict[str, Any] = dict(form.validated_data)
    return WindowFields(**data)
