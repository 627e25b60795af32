"""Programmes over the API, for who runs the training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.parties.states import PartyKind
from training.courses import rules, services
from training.courses.api.courses import given_by
from training.courses.fields import ProgrammeFields
from training.courses.models import Course, Programme
from training.courses.states import ProgrammeKind


class ProgrammeSerializer(serializers.Serializer[Any]):
    """A programme in the language of the request. `party`: whose own path it is; null: for
    everybody of the audience."""

    code = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    audience = serializers.ListField(child=serializers.CharField())
    belt = serializers.IntegerField(source="belt_id", allow_null=True)
    party = serializers.IntegerField(source="party_id", allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class ProgrammeStepSerializer(serializers.Serializer[Any]):
    course = serializers.SlugRelatedField(slug_field="code", queryset=Course.objects.all())
    is_required = serializers.BooleanField(required=False, default=True)


class ProgrammeFieldsSerializer(serializers.Serializer[Any]):
    """A programme in both languages, with its courses in their order."""

    code = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(ProgrammeKind.choices)
    title_zh = serializers.CharField(max_length=60)
    title_en = serializers.CharField(max_length=120)
    summary_zh = serializers.CharField(max_length=600)
    summary_en = serializers.CharField(max_length=1200)
    audience = serializers.ListField(child=serializers.ChoiceField(PartyKind.choices))
    courses = ProgrammeStepSerializer(many=True)
    belt_id = serializers.IntegerField(
        min_value=1, max_value=2**31, allow_null=True, required=False, default=None
    )
    party_id = serializers.IntegerField(
        min_value=1, max_value=2**31, allow_null=True, required=False, default=None
    )


class ProgrammeDeskViewSet(viewsets.GenericViewSet[Programme]):
    """Writing programmes, for who runs the training."""

    queryset = Programme.objects.none()
    serializer_class = ProgrammeSerializer
    pagination_class = None
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9-]+"

    def get_object(self) -> Programme:
        rules.can_run_training(self.request.actor).require()
        return get_object_or_404(Programme, code=self.kwargs["code"])

    @writes(ProgrammeSerializer, status=201, request=ProgrammeFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """A draft: seen by operators only."""
        rules.can_run_training(request.actor).require()
        made = services.create_programme(request.actor, fields=_programme_fields(request))
        return Response(ProgrammeSerializer(made).data, status=201)

    @writes(ProgrammeSerializer, request=ProgrammeFieldsSerializer)
    @idempotent
    def update(self, request: Request, code: str) -> Response:
        programme = self.get_object()
        fields = _programme_fields(request)
        changed = services.change_programme(request.actor, programme=programme, fields=fields)
        return Response(ProgrammeSerializer(changed).data)

    @writes(ProgrammeSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, code: str) -> Response:
        """Everybody of its audience sees it, or the party whose path it is."""
        return self._step(services.publish_programme)

    @writes(ProgrammeSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def end(self, request: Request, code: str) -> Response:
        """It is shown no more; its courses stay."""
        return self._step(services.end_programme)

    def _step(self, service: Callable[..., Programme]) -> Response:
        done = service(self.request.actor, programme=self.get_object())
        return Response(ProgrammeSerializer(done).data)


def _programme_fields(request: Request) -> ProgrammeFields:
    given = given_by(ProgrammeFieldsSerializer, request)
    steps = tuple((one["course"].pk, one["is_required"]) for one in given["courses"])
    return ProgrammeFields(**(given | {"courses": steps}))
