"""Snapshots and their ratings for machines; operators start and publish them here."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import PROBLEMS, reads, writes
from portal.evaluation import rules, selectors, services
from portal.evaluation.api.studies import (
    SegmentDistributionSerializer,
    SensitivitySerializer,
    SnapshotImpactSerializer,
)
from portal.evaluation.api.words import WhySerializer
from portal.evaluation.models import Method, Rating, Snapshot
from portal.evaluation.states import COMPUTED, SnapshotKind, SnapshotStatus

STARTED = (SnapshotKind.PREVIEW, SnapshotKind.OFFICIAL)


class SnapshotSerializer(serializers.Serializer[Any]):
    """Everybody rated at one moment by one method. The digests are of the facts, of the values
    folded from them, and of the scores to six decimals."""

    id = serializers.IntegerField(read_only=True)
    method = serializers.IntegerField(source="method_id", read_only=True)
    code = serializers.CharField(source="method.code", read_only=True)
    version = serializers.CharField(source="method.version", read_only=True)
    kind = serializers.ChoiceField(SnapshotKind.choices, read_only=True)
    period = serializers.CharField(read_only=True)
    revision = serializers.IntegerField(read_only=True)
    replaces = serializers.IntegerField(source="replaces_id", read_only=True, allow_null=True)
    why = serializers.CharField(read_only=True)
    ends_on = serializers.DateField(read_only=True)
    cut = serializers.DateTimeField(read_only=True)
    status = serializers.ChoiceField(SnapshotStatus.choices, read_only=True)
    draws = serializers.IntegerField(read_only=True)
    seed = serializers.IntegerField(read_only=True)
    code_version = serializers.CharField(read_only=True)
    facts_digest = serializers.CharField(read_only=True)
    values_digest = serializers.CharField(read_only=True)
    scores_digest = serializers.CharField(read_only=True)
    facts_count = serializers.IntegerField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True, allow_null=True)


class NewSnapshotSerializer(serializers.Serializer[Any]):
    """`period` is 2026-09 for a preview, 2026-Q3 for an official one."""

    method = serializers.PrimaryKeyRelatedField(queryset=Method.objects.all())
    kind = serializers.ChoiceField([(kind.value, kind.label) for kind in STARTED])
    period = serializers.CharField(max_length=10)
    ends_on = serializers.DateField()


class SnapshotDimensionSerializer(serializers.Serializer[Any]):
    dimension = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    coverage = serializers.FloatField()
    rank = serializers.IntegerField(allow_null=True)
    median = serializers.FloatField(allow_null=True)


class SnapshotRatingSerializer(serializers.Serializer[Any]):
    """One party in one service type (null: as a whole). Empty scores: not rated."""

    id = serializers.IntegerField()
    party = serializers.IntegerField(source="party_id")
    service = serializers.CharField(source="service.code", allow_null=True, default=None)
    segment = serializers.CharField()
    segment_rated = serializers.IntegerField()
    is_home = serializers.BooleanField()
    gates = serializers.ListField(child=serializers.CharField())
    score = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    coverage = serializers.FloatField()
    rank = serializers.IntegerField(allow_null=True)
    rank_best = serializers.IntegerField(allow_null=True)
    rank_worst = serializers.IntegerField(allow_null=True)
    is_tied = serializers.BooleanField()
    dimensions = SnapshotDimensionSerializer(many=True)


class SnapshotViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Snapshot]
):
    """Snapshots of ratings: published ones for everybody."""

    permission_classes = (AllowAny,)
    serializer_class = SnapshotSerializer
    queryset = Snapshot.objects.none()

    def get_queryset(self) -> QuerySet[Snapshot]:
        return Snapshot.objects.visible_to(self.request.actor).select_related("method")

    @extend_schema(responses={200: SnapshotSerializer(many=True)}, auth=[])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(responses={200: SnapshotSerializer, 404: PROBLEMS[404]}, auth=[])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @writes(SnapshotSerializer, request=NewSnapshotSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        """Start a snapshot; a job computes it."""
        rules.can_make_snapshots(request.actor).require()
        form = NewSnapshotSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        kind = SnapshotKind(form.validated_data.pop("kind"))
        snapshot = services.start_snapshot(request.actor, kind=kind, **form.validated_data)
        return Response(SnapshotSerializer(snapshot).data, status=201)

    @writes(SnapshotSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, pk: str) -> Response:
        """Publish a computed one; an official one by another operator than who started it."""
        snapshot = services.publish_snapshot(request.actor, snapshot=self._own(request))
        return Response(SnapshotSerializer(snapshot).data)

    @writes(SnapshotSerializer, request=WhySerializer, status=201)
    @action(detail=True, methods=["post"])
    @idempotent
    def replacement(self, request: Request, pk: str) -> Response:
        """Make a published one again by corrected facts."""
        snapshot = self._own(request)
        rules.can_replace_snapshot(request.actor, snapshot).require()
        form = WhySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.replace_snapshot(request.actor, snapshot=snapshot, **form.validated_data)
        return Response(SnapshotSerializer(made).data, status=201)

    @writes(SnapshotSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def retry(self, request: Request, pk: str) -> Response:
        """Compute a failed one again: the same facts, the same draws."""
        snapshot = services.retry_snapshot(request.actor, snapshot=self._own(request))
        return Response(SnapshotSerializer(snapshot).data)

    @extend_schema(
        responses={200: SegmentDistributionSerializer(many=True), 404: PROBLEMS[404]}, auth=[]
    )
    @action(detail=True, pagination_class=None)
    def segments(self, request: Request, pk: str) -> Response:
        """How scores are distributed in each segment, the largest first."""
        lines = selectors.segments_of(self._computed())
        return Response(SegmentDistributionSerializer(lines, many=True).data)

    @reads(SensitivitySerializer(many=True))
    @action(detail=True, pagination_class=None)
    def sensitivity(self, request: Request, pk: str) -> Response:
        """How much the order rests on the weights, for operators of the evaluation."""
        rules.can_make_snapshots(request.actor).require()
        lines = selectors.sensitivity_of(self._computed())
        return Response(SensitivitySerializer(lines, many=True).data)

    @reads(SnapshotImpactSerializer)
    @action(detail=True)
    def impact(self, request: Request, pk: str) -> Response:
        """Whom it moves, for operators: a trial against the version in force, one by the other
        version against the official one, a corrected one against the one it replaces."""
        rules.can_make_snapshots(request.actor).require()
        snapshot = self._computed()
        base = selectors.base_of(snapshot)
        if base is None:
            raise Http404
        found = selectors.impact_of(base, snapshot)
        told = found | {
            "base": base.pk,
            "everybody": found["all"],
            "movers": [move for _name, move in selectors.biggest_movers(base, snapshot)],
        }
        return Response(SnapshotImpactSerializer(told).data)

    @extend_schema(
        responses={200: SnapshotRatingSerializer(many=True), 404: PROBLEMS[404]}, auth=[]
    )
    @action(detail=True)
    def ratings(self, request: Request, pk: str) -> Response:
        """Its ratings, newest key first: all of an official one, your own of a preview."""
        seen = Rating.objects.visible_to(request.actor).filter(snapshot=self.get_object())
        rows: Any = seen.select_related("service").prefetch_related("dimensions")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(SnapshotRatingSerializer(page, many=True).data)

    def _computed(self) -> Snapshot:
        snapshot: Snapshot = self.get_object()
        if snapshot.status not in COMPUTED:
            raise Http404
        return snapshot

    def _own(self, request: Request) -> Snapshot:
        rules.can_make_snapshots(request.actor).require()
        return self.get_object()
