"""An agency's quarters: their numbers, the creators behind them, applying and objecting."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.tiers import selectors, services
from portal.tiers.api.serializers import (
    CountedCreatorSerializer,
    StarAppealSerializer,
    StarApplicationSerializer,
    StarApplyingSerializer,
    StarObjectingSerializer,
    StarReviewSerializer,
)
from portal.tiers.fields import AppealFields, ApplicationFields
from portal.tiers.models import StarReview


class StarReviewViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[StarReview]
):
    """Of the agency one speaks for; of all, for who reviews stars."""

    queryset = StarReview.objects.none()
    serializer_class = StarReviewSerializer

    def get_queryset(self) -> QuerySet[StarReview]:
        return StarReview.objects.visible_to(self.request.actor).whole().order_by("-pk")

    @reads(CountedCreatorSerializer(many=True))
    @action(detail=True, methods=["get"])
    def creators(self, request: Request, pk: str) -> Response:
        """Counted and not, the newest row first."""
        rows = selectors.counted_in(self.get_object()).order_by("-pk")
        page = self.paginate_queryset(rows)  # type: ignore[arg-type] # rows of another model
        return self.get_paginated_response(CountedCreatorSerializer(page, many=True).data)

    @writes(StarApplicationSerializer, status=201, request=StarApplyingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def applications(self, request: Request, pk: str) -> Response:
        """Apply for the next star, on this quarter's numbers."""
        review = self.get_object()
        form = StarApplyingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = ApplicationFields(**form.validated_data)
        application = services.apply_for_star(request.actor, review=review, fields=fields)
        return Response(StarApplicationSerializer(application).data, status=201)

    @writes(StarAppealSerializer, status=201, request=StarObjectingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def appeals(self, request: Request, pk: str) -> Response:
        """Object to its result."""
        review = self.get_object()
        form = StarObjectingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = AppealFields(**form.validated_data)
        appeal = services.appeal_review(request.actor, review=review, fields=fields)
        return Response(StarAppealSerializer(appeal).data, status=201)
