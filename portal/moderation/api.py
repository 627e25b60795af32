"""What was held back of one's own, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.moderation import services
from portal.moderation.models import Case


class CaseSerializer(serializers.Serializer[Any]):
    """A text or picture a person looked at, or will."""

    id = serializers.IntegerField()
    object_type = serializers.CharField()
    object_id = serializers.CharField()
    field = serializers.CharField()
    excerpt = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField()
    opened_at = serializers.DateTimeField()
    reason = serializers.CharField()
    appeal = serializers.CharField()
    second_reason = serializers.CharField()


class AppealSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=600)


class CaseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Case]):
    """One's own cases, and those of the party one speaks for."""

    queryset = Case.objects.none()
    serializer_class = CaseSerializer

    def get_queryset(self) -> QuerySet[Case]:
        return Case.objects.visible_to(self.request.actor)

    @writes(CaseSerializer, request=AppealSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def appeal(self, request: Request, pk: str) -> Response:
        """Disagree with a refusal; another operator decides."""
        case = self.get_object()
        form = AppealSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        case = services.appeal_case(request.actor, case=case, text=form.validated_data["text"])
        return Response(CaseSerializer(case).data)
