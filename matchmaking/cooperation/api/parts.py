"""Obligations and reviews: their shapes, and what is done with each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import AnswerFields
from matchmaking.cooperation.models import Obligation, Review
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.models import StoredFile


class ObligationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    cooperation = serializers.IntegerField(source="cooperation_id")
    owed_by = serializers.IntegerField(source="owed_by_id")
    title = serializers.CharField()
    detail = serializers.CharField()
    due_on = serializers.DateField()
    status = serializers.CharField()
    days_late = serializers.IntegerField()
    done_at = serializers.DateTimeField(allow_null=True)
    done_note = serializers.CharField()
    evidence = serializers.UUIDField(source="evidence_id", allow_null=True)
    returned_note = serializers.CharField()
    settled_at = serializers.DateTimeField(allow_null=True)


class NewObligationSerializer(serializers.Serializer[Any]):
    """`is_ours`: owed by the acting party; else the other side is asked for it."""

    title = serializers.CharField(max_length=80)
    detail = serializers.CharField(max_length=1_000, allow_blank=True, default="")
    due_on = serializers.DateField()
    is_ours = serializers.BooleanField()


class DoneSerializer(serializers.Serializer[Any]):
    """`evidence`: the id of an upload with the purpose `cooperation-evidence`."""

    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    evidence = serializers.UUIDField(allow_null=True, default=None)


class ReturnSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300)


class ReviewSerializer(serializers.Serializer[Any]):
    """Stars from 1 to 5. A text that a person looks at first is empty until then."""

    id = serializers.UUIDField()
    cooperation = serializers.IntegerField(source="cooperation_id")
    by = serializers.IntegerField(source="by_id")
    about = serializers.IntegerField(source="about_id")
    result = serializers.IntegerField()
    communication = serializers.IntegerField()
    reliability = serializers.IntegerField()
    text = serializers.CharField(source="public_text")
    at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(source="public_answer")
    answered_at = serializers.DateTimeField(allow_null=True)


class NewReviewSerializer(serializers.Serializer[Any]):
    result = serializers.IntegerField(min_value=1, max_value=5)
    communication = serializers.IntegerField(min_value=1, max_value=5)
    reliability = serializers.IntegerField(min_value=1, max_value=5)
    text = serializers.CharField(max_length=600, allow_blank=True, default="")


class ReviewAnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=600)


class ObligationViewSet(viewsets.GenericViewSet[Obligation]):
    """Steps of an obligation; they are listed with their cooperation."""

    queryset = Obligation.objects.none()
    serializer_class = ObligationSerializer

    def get_queryset(self) -> QuerySet[Obligation]:
        mine = Obligation.objects.visible_to(self.request.actor)
        return mine.select_related("cooperation__merchant", "cooperation__provider")

    @writes(ObligationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """Take on what was asked."""
        return self._step(services.accept_obligation)

    @writes(ObligationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Not take on what was asked."""
        return self._step(services.decline_obligation)

    @writes(ObligationSerializer, request=DoneSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def finish(self, request: Request, pk: str) -> Response:
        """Say that it is done."""
        given = DoneSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        if said["evidence"] is not None:
            own = StoredFile.objects.uploaded_by(request.actor)
            said["evidence"] = get_object_or_404(own, pk=said["evidence"])
        return self._step(services.finish_obligation, **said)

    @writes(ObligationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def confirmation(self, request: Request, pk: str) -> Response:
        """It was done as agreed."""
        return self._step(services.confirm_obligation)

    @writes(ObligationSerializer, request=ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @idempotent
    def send_back(self, request: Request, pk: str) -> Response:
        """It was not done as agreed."""
        given = ReturnSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self._step(services.return_obligation, **given.validated_data)

    @writes(ObligationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def waiver(self, request: Request, pk: str) -> Response:
        """It need not be done any more."""
        return self._step(services.waive_obligation)

    def _step(self, service: Callable[..., Obligation], **said: Any) -> Response:
        changed = service(self.request.actor, obligation=self.get_object(), **said)
        return Response(ObligationSerializer(changed).data)


class ReviewViewSet(viewsets.GenericViewSet[Review]):
    """Answers to reviews; they are listed with their cooperation."""

    queryset = Review.objects.none()
    serializer_class = ReviewSerializer

    def get_queryset(self) -> QuerySet[Review]:
        mine = Review.objects.visible_to(self.request.actor)
        return mine.select_related("cooperation__merchant", "cooperation__provider")

    @writes(ReviewSerializer, request=ReviewAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, pk: str) -> Response:
        """A word of whom it is about, once."""
        given = ReviewAnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = AnswerFields(**given.validated_data)
        answered = services.answer_review(request.actor, review=self.get_object(), fields=fields)
        return Response(ReviewSerializer(answered).data)
