"""What everybody reads of the mark; and the rounds that operators open, score and publish."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.tiers import services
from portal.tiers.api.certification_serializers import (
    CertificationEndingSerializer,
    CertificationMarkSerializer,
    CertificationMethodSerializer,
    CertificationRoundSerializer,
)
from portal.tiers.certification_fields import RoundFields
from portal.tiers.models import CertificationMark, CertificationMethod, CertificationRound


class CertificationMethodViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CertificationMethod]
):
    """Every version that was approved, with its document."""

    queryset = CertificationMethod.objects.none()
    serializer_class = CertificationMethodSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[CertificationMethod]:
        return CertificationMethod.objects.approved().order_by("-pk")


class CertificationRoundViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CertificationRound]
):
    queryset = CertificationRound.objects.order_by("-pk")
    serializer_class = CertificationRoundSerializer
    permission_classes = (AllowAny,)

    @writes(CertificationRoundSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        """Open one, as an operator."""
        round_ = services.open_certification_round(request.actor, fields=_fields(request))
        return Response(CertificationRoundSerializer(round_).data, status=201)

    @writes(CertificationRoundSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Change it before it opens, as an operator."""
        round_ = services.update_certification_round(
            request.actor, round_=self.get_object(), fields=_fields(request)
        )
        return Response(CertificationRoundSerializer(round_).data)

    @writes(CertificationRoundSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def scoring(self, request: Request, pk: str) -> Response:
        """Score everybody whose documents are in order, as an operator."""
        round_ = self.get_object()
        services.score_certification_round(request.actor, round_=round_)
        round_.refresh_from_db()
        return Response(CertificationRoundSerializer(round_).data)

    @writes(CertificationRoundSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, pk: str) -> Response:
        """Give the places out in the order of scores, as an operator."""
        round_ = self.get_object()
        services.publish_certification_round(request.actor, round_=round_)
        round_.refresh_from_db()
        return Response(CertificationRoundSerializer(round_).data)


class CertificationMarkViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CertificationMark]
):
    """Who is on the public lists, by the number on the badge."""

    queryset = CertificationMark.objects.none()
    serializer_class = CertificationMarkSerializer
    permission_classes = (AllowAny,)
    lookup_field = "number"
    lookup_value_regex = "[0-9A-Z]+"

    def get_queryset(self) -> QuerySet[CertificationMark]:
        return CertificationMark.objects.shown().whole().order_by("-pk")

    @writes(CertificationMarkSerializer, request=CertificationEndingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def ending(self, request: Request, number: str) -> Response:
        """The agency gives its own up, or an operator takes it back with a reason."""
        mark = self.get_object()
        form = CertificationEndingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if not request.user.is_authenticated:
            raise Http404
        if request.actor.speaks_for(mark.party_id):
            mark = services.give_up_mark(request.actor, mark=mark)
        else:
            reason = form.validated_data["reason"]
            mark = services.take_back_mark(request.actor, mark=mark, reason=reason)
        return Response(CertificationMarkSerializer(mark).data)


def _fields(request: Request) -> RoundFields:
    form = CertificationRoundSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    data: dict[str, Any] = dict(form.validated_data)
    return RoundFields(method=data.pop("method_id"), **data)
