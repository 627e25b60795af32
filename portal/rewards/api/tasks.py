"""Tasks: read, claimed; written, published and closed by operators."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.rewards import rules, selectors, services
from portal.rewards.api.serializers import (
    GrowthTaskSerializer,
    NewTaskSerializer,
    TaskClaimSerializer,
    TaskPathSerializer,
    TaskReasonSerializer,
)
from portal.rewards.fields import Audience, StepFields, TaskFields
from portal.rewards.models import Claim, Programme, Task
from portal.rewards.states import Line, Unit

KIND = OpenApiParameter("kind", str, enum=PartyKind.values, description="For this kind of party.")
LINE = OpenApiParameter("line", str, enum=Line.values, description="Of this growth line.")
UNIT = OpenApiParameter("unit", str, enum=Unit.values, description="With this kind of reward.")
OPEN = OpenApiParameter("open", bool, description="1: only what can be claimed now.")
SUITS = OpenApiParameter("suits", bool, description="1: only what is for the caller's own party.")
RENAMED = {"reward_unit": "unit", "reward_hold": "hold"}


class GrantingSerializer(serializers.Serializer[Any]):
    job = serializers.UUIDField()


class TaskViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Task]):
    """What is or was published; drafts too, for operators."""

    queryset = Task.objects.none()
    serializer_class = GrowthTaskSerializer
    lookup_value_converter = "int"
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[Task]:
        return Task.objects.visible_to(self.request.actor).whole()

    @reads(GrowthTaskSerializer(many=True), KIND, LINE, UNIT, OPEN, SUITS)
    def list(self, request: Request) -> Response:
        """The newest first, narrowed by what is asked."""
        rows: Any = Task.objects.visible_to(request.actor).whole()
        asked = request.query_params
        if kind := asked.get("kind"):
            rows = rows.for_kind(kind)
        for name in ("line", "unit"):
            rows = rows.filter(**{name: asked[name]}) if asked.get(name) else rows
        if asked.get("open") in ("1", "true"):
            rows = rows.open()
        if asked.get("suits") in ("1", "true") and request.actor.party is not None:
            rows = rows.filter(pk__in=selectors.keys_that_suit(request.actor.party))
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(GrowthTaskSerializer(page, many=True).data)

    @writes(GrowthTaskSerializer, status=201, request=NewTaskSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Write a draft."""
        rules.can_edit_tasks(request.actor).require()
        season, fields = _fields(request)
        programme = get_object_or_404(Programme, code=season)
        task = services.create_task(request.actor, programme=programme, fields=fields)
        return self._answer(task, 201)

    @writes(GrowthTaskSerializer, request=NewTaskSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Write a draft anew; it stays in its season."""
        task = self.get_object()
        rules.can_edit_task(request.actor, task).require()
        _season, fields = _fields(request)
        return self._answer(services.change_task(request.actor, task=task, fields=fields))

    @writes(GrowthTaskSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, pk: str) -> Response:
        """From now on it stays as it is."""
        return self._answer(services.publish_task(request.actor, task=self.get_object()))

    @writes(GrowthTaskSerializer, request=TaskReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def closing(self, request: Request, pk: str) -> Response:
        """Nobody claims it any more; who is on the way finishes."""
        task, reason = self.get_object(), _given(TaskReasonSerializer, request)["reason"]
        return self._answer(services.close_task(request.actor, task=task, reason=reason))

    @writes(GrantingSerializer, status=202, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def granting(self, request: Request, pk: str) -> Response:
        """Pass and reward whatever was handed in and shows no sign, as a job."""
        job = services.grant_rewards(request.actor, task=self.get_object())
        return Response(GrantingSerializer({"job": job.pk}).data, status=202)

    @reads(TaskPathSerializer)
    @action(detail=True, methods=["get"], pagination_class=None)
    def path(self, request: Request, pk: str) -> Response:
        """What it would take the party one speaks for, before claiming."""
        task, party = self.get_object(), _own(request)
        verdict = rules.can_claim_task(request.actor, task, party)
        said = asdict(selectors.preview_path(task, party))
        said |= {"may_claim": bool(verdict), "why_not": str(verdict.reason)}
        return Response(TaskPathSerializer(said).data)

    @writes(TaskClaimSerializer, status=201, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def claims(self, request: Request, pk: str) -> Response:
        """Claim it for the party one speaks for."""
        task, party = self.get_object(), _own(request)
        claim = services.claim_task(request.actor, task=task, party=party)
        found = Claim.objects.whole().prefetch_related("revocations").get(pk=claim.pk)
        return Response(TaskClaimSerializer(found).data, status=201)

    def _answer(self, task: Task, status: int = 200) -> Response:
        found = Task.objects.whole().get(pk=task.pk)
        return Response(GrowthTaskSerializer(found).data, status=status)


def _own(request: Request) -> Party:
    party: Party | None = request.actor.party
    if party is None:
        raise Http404
    return party


def _given(form_class: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    form = form_class(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def _fields(request: Request) -> tuple[str, TaskFields]:
    given = _given(NewTaskSerializer, request)
    season = given.pop("season")
    given["audience"] = Audience(**given["audience"])
    given["steps"] = [StepFields(**step) for step in given["steps"]]
    return season, TaskFields(**{RENAMED.get(name, name): one for name, one in given.items()})
