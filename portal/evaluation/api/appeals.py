"""Appeals against ratings over the API. Upload evidence first, then name its ids here."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.evaluation import rules, services
from portal.evaluation.fields import AppealFields
from portal.evaluation.models import Appeal, Rating
from portal.evaluation.states import AppealOutcome, AppealStatus


class FilingSerializer(serializers.Serializer[Any]):
    rating = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    indicator = serializers.CharField(max_length=40)
    text = serializers.CharField(max_length=2000)
    evidence = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=rules.MOST_EVIDENCE,
        default=list,
        help_text="Uploads of yours for the purpose rating-evidence.",
    )


class RatingAppealSerializer(serializers.Serializer[Any]):
    """An appeal against one number of a preview."""

    id = serializers.UUIDField()
    rating = serializers.IntegerField(source="rating_id")
    indicator = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    text = serializers.CharField()
    status = serializers.ChoiceField(AppealStatus.values)
    outcome = serializers.ChoiceField([*AppealOutcome.values, ""])
    sentence = serializers.CharField(help_text="The answer.")
    filed_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    decided_at = serializers.DateTimeField(allow_null=True)


class RatingAppealViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Appeal]
):
    """One's own appeals, the newest first."""

    queryset = Appeal.objects.none()
    serializer_class = RatingAppealSerializer

    def get_queryset(self) -> QuerySet[Appeal]:
        mine = Appeal.objects.filter(party=self.request.actor.party_id)
        return mine.select_related("party").order_by("-filed_at", "-pk")

    @writes(RatingAppealSerializer, status=201, request=FilingSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Object to a number, for the party one speaks for."""
        form = FilingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        mine = Rating.objects.visible_to(request.actor).filter(party=request.actor.party_id)
        rating = get_object_or_404(mine.select_related("party", "snapshot"), pk=data["rating"])
        appeal = services.file_rating_appeal(
            request.actor,
            rating=rating,
            indicator=data["indicator"],
            fields=AppealFields(text=data["text"], evidence=data["evidence"]),
        )
        return Response(RatingAppealSerializer(appeal).data, status=201)

    @writes(RatingAppealSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take it back before it is decided."""
        appeal = services.withdraw_rating_appeal(request.actor, appeal=self.get_object())
        return Response(RatingAppealSerializer(appeal).data)
