"""The round of questions to a need."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import services
from matchmaking.needs.models import Question
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes


class QuestionFieldsSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=500)


class AnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=1000)


class QuestionSerializer(serializers.Serializer[Any]):
    """Who asked is told to nobody; `is_own`: the acting party did."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    asked_at = serializers.DateTimeField()
    is_own = serializers.SerializerMethodField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)

    def get_is_own(self, question: Question) -> bool:
        return bool(self.context["request"].actor.speaks_for(question.asker_id))


class QuestionViewSet(viewsets.GenericViewSet[Question]):
    """Questions to the acting merchant's needs."""

    queryset = Question.objects.none()
    serializer_class = QuestionSerializer

    def get_queryset(self) -> QuerySet[Question]:
        return Question.objects.asked_to(self.request.actor)

    @writes(QuestionSerializer, request=AnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, pk: str) -> Response:
        """Answer once, for everyone who may bid."""
        question = self.get_object()
        form = AnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.answer_question(
            request.actor, question=question, text=form.validated_data["answer"]
        )
        return Response(QuestionSerializer(done, context=self.get_serializer_context()).data)
