"""Seasons of tasks: everybody reads them; operators begin and take them over."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.rewards import rules, services
from portal.rewards.api.pools import RewardPoolSerializer
from portal.rewards.fields import ProgrammeFields
from portal.rewards.models import Programme
from portal.rewards.states import Unit


class SeasonSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(max_length=40)
    name_zh = serializers.CharField(max_length=60)
    name_en = serializers.CharField(max_length=80)
    text_zh = serializers.CharField(max_length=300, allow_blank=True, default="")
    text_en = serializers.CharField(max_length=500, allow_blank=True, default="")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class NextSeasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=40)
    name_zh = serializers.CharField(max_length=60)
    name_en = serializers.CharField(max_length=80)
    starts_on = serializers.DateField()


class SeasonOpenedSerializer(serializers.Serializer[Any]):
    published = serializers.IntegerField(help_text="How many tasks were drafts before.")


class NewPoolSerializer(serializers.Serializer[Any]):
    reward_unit = serializers.ChoiceField(Unit.choices)


class SeasonViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Programme]
):
    queryset = Programme.objects.none()
    serializer_class = SeasonSerializer
    lookup_value_converter = "int"
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[Programme]:
        return Programme.objects.all()

    @writes(SeasonSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        rules.can_edit_tasks(request.actor).require()
        form = SeasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = ProgrammeFields(**form.validated_data)
        made = services.create_programme(request.actor, fields=fields)
        return Response(SeasonSerializer(made).data, status=201)

    @writes(SeasonSerializer, status=201, request=NextSeasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def clones(self, request: Request, pk: str) -> Response:
        """The same tasks as drafts of the next season, moved in time; its pools are empty."""
        programme = self.get_object()
        rules.can_edit_tasks(request.actor).require()
        form = NextSeasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.clone_programme(request.actor, programme=programme, **form.validated_data)
        return Response(SeasonSerializer(made).data, status=201)

    @writes(SeasonOpenedSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def opening(self, request: Request, pk: str) -> Response:
        """Publish all its drafts at once, so that every size can win something."""
        published = services.open_season(request.actor, programme=self.get_object())
        return Response(SeasonOpenedSerializer({"published": published}).data)

    @writes(RewardPoolSerializer, status=201, request=NewPoolSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def pools(self, request: Request, pk: str) -> Response:
        """Open a pool; its budget is agreed by two people."""
        programme = self.get_object()
        rules.can_edit_tasks(request.actor).require()
        form = NewPoolSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        unit = form.validated_data["reward_unit"]
        pool = services.open_pool(request.actor, programme=programme, unit=unit)
        return Response(RewardPoolSerializer(pool).data, status=201)
