"""What one learns, and what a party's people learn, over the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import reads, writes
from training.learning import selectors, services
from training.learning.api.shapes import EnrolmentSerializer, WholeEnrolmentSerializer
from training.learning.models import Enrolment
from training.learning.states import Outcome


class NewestEnrolled(NewestFirst):
    ordering = "-enrolled_at"


class EnrolmentViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Enrolment]):
    """One's own, those of the acting party's people, those one teaches; all of them for who runs
    the training."""

    queryset = Enrolment.objects.none()
    serializer_class = EnrolmentSerializer
    pagination_class = NewestEnrolled
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Enrolment]:
        seen = Enrolment.objects.visible_to(self.request.actor).whole()
        rows = seen.annotate(enrolled_at=F("claim__submitted_at"))
        outcome = self.request.query_params.get("outcome", "")
        return rows.filter(outcome=outcome) if outcome in Outcome.values else rows

    @reads(
        EnrolmentSerializer(many=True),
        OpenApiParameter("outcome", str, enum=Outcome.values),
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest first."""
        return super().list(request, *args, **kwargs)

    @reads(WholeEnrolmentSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """With its session, its place in line and how far each part has come."""
        return Response(self._shown(self.get_object()))

    @writes(WholeEnrolmentSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def seat(self, request: Request, pk: str) -> Response:
        """Yes to the seat that was offered."""
        return self._step(services.take_up_offer)

    @writes(WholeEnrolmentSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """The seat, the offer or the place in line goes to who is next."""
        return self._step(services.withdraw_enrolment)

    def _step(self, service: Callable[..., Enrolment]) -> Response:
        done = service(self.request.actor, enrolment=self.get_object())
        return Response(self._shown(Enrolment.objects.whole().get(pk=done.pk)))

    def _shown(self, enrolment: Enrolment) -> dict[str, Any]:
        return shown(enrolment, self.get_serializer_context())


def shown(enrolment: Enrolment, context: Mapping[str, Any]) -> dict[str, Any]:
    enrolment.parts = selectors.progress_of(enrolment).told
    return dict(WholeEnrolmentSerializer(enrolment, context=dict(context)).data)
