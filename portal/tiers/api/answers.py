"""Applications and objections: looked at, taken back, answered."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.tiers import services
from portal.tiers.api.serializers import (
    StarAnswerSerializer,
    StarAppealSerializer,
    StarApplicationSerializer,
)
from portal.tiers.fields import Accepted
from portal.tiers.models import StarAppeal, StarApplication


class StarApplicationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[StarApplication]
):
    """One's own; all, for who reviews them."""

    queryset = StarApplication.objects.none()
    serializer_class = StarApplicationSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[StarApplication]:
        return StarApplication.objects.visible_to(self.request.actor).whole().order_by("-pk")

    @writes(StarApplicationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        application = services.withdraw_star_application(
            request.actor, application=self.get_object()
        )
        return Response(StarApplicationSerializer(application).data)

    @writes(StarApplicationSerializer, request=StarAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, pk: str) -> Response:
        """Grant or refuse, as an operator."""
        application, data = self.get_object(), _answer(request)
        if data["grants"]:
            application = services.grant_star(
                request.actor,
                application=application,
                reason=data["reason"],
                accepted=Accepted(data["creators"], data["net_fen"]),
            )
        else:
            application = services.refuse_star(
                request.actor, application=application, reason=data["reason"]
            )
        return Response(StarApplicationSerializer(application).data)


class StarAppealViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[StarAppeal]
):
    """One's own; all, for who decides them."""

    queryset = StarAppeal.objects.none()
    serializer_class = StarAppealSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[StarAppeal]:
        return StarAppeal.objects.visible_to(self.request.actor).whole().order_by("-pk")

    @writes(StarAppealSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        appeal = services.withdraw_star_appeal(request.actor, appeal=self.get_object())
        return Response(StarAppealSerializer(appeal).data)

    @writes(StarAppealSerializer, request=StarAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, pk: str) -> Response:
        """Decide, as the second person."""
        appeal, data = self.get_object(), _answer(request)
        decided = services.decide_star_appeal(
            request.actor,
            appeal=appeal,
            grants=data["grants"],
            sentence=data["reason"],
            accepted=Accepted(data["creators"], data["net_fen"]),
        )
        return Response(StarAppealSerializer(decided).data)


def _answer(request: Request) -> dict[str, Any]:
    form = StarAnswerSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)
