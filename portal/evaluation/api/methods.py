"""Methods for machines: everybody reads them; operators draft, announce and take back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import PROBLEMS, reads, writes
from portal.evaluation import rules, selectors, services
from portal.evaluation.api.snapshots import SnapshotSerializer
from portal.evaluation.api.words import WhySerializer
from portal.evaluation.documents import LONGEST_CHANGE, MethodFields
from portal.evaluation.models import Method
from portal.evaluation.states import MethodStatus


class MethodSerializer(serializers.Serializer[Any]):
    """One version. `document` is the file of `manage.py evaluate`; `gathering` says how facts
    become its indicators; `impact` is whom it moved against the version before."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    version = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(MethodStatus.choices, read_only=True)
    document = serializers.DictField()
    gathering = serializers.DictField()
    change_zh = serializers.CharField(
        max_length=LONGEST_CHANGE, allow_blank=True, required=False, default=""
    )
    change_en = serializers.CharField(
        max_length=LONGEST_CHANGE, allow_blank=True, required=False, default=""
    )
    digest = serializers.CharField(read_only=True)
    impact = serializers.DictField(read_only=True, allow_null=True)
    announced_at = serializers.DateTimeField(read_only=True, allow_null=True)
    comes_into_force_at = serializers.DateTimeField(read_only=True, allow_null=True)
    retired_at = serializers.DateTimeField(read_only=True, allow_null=True)


class AnnouncementSerializer(serializers.Serializer[Any]):
    comes_into_force_at = serializers.DateTimeField(help_text="15 days from now, or later.")


class TrialDaySerializer(serializers.Serializer[Any]):
    ends_on = serializers.DateField(help_text="The day whose facts are taken; it must be over.")


class DifferenceSerializer(serializers.Serializer[Any]):
    """One leaf, in words of the request's language; empty for what is new or gone."""

    subject = serializers.CharField()
    key = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class AppealCountsSerializer(serializers.Serializer[Any]):
    """Withdrawn ones left out: still running, the number kept, the data corrected, the rule noted
    for the next version. `days`: the median from filing to the answer."""

    filed = serializers.IntegerField()
    running = serializers.IntegerField()
    kept = serializers.IntegerField()
    corrected = serializers.IntegerField(source="data")
    rule = serializers.IntegerField()
    days = serializers.FloatField(allow_null=True)


class IndicatorAppealsSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    counts = AppealCountsSerializer()


class MethodAppealsSerializer(serializers.Serializer[Any]):
    """Appeals against ratings by the method, of all its versions."""

    counts = AppealCountsSerializer()
    indicators = IndicatorAppealsSerializer(many=True)


class SourceSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    parties = serializers.IntegerField()


class EvidenceSerializer(serializers.Serializer[Any]):
    """One indicator: parties with facts that count, by grade and by door; ratings of the newest
    snapshot that have a number (`known`) of those it applies to (`asked`)."""

    indicator = serializers.CharField(source="made.indicator")
    measure = serializers.CharField(source="made.measure")
    is_made = serializers.BooleanField(source="made.is_made")
    parties = serializers.IntegerField()
    grades = SourceSerializer(many=True)
    doors = SourceSerializer(many=True)
    known = serializers.IntegerField()
    asked = serializers.IntegerField()


class MethodViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Method]
):
    """Rating methods, announced ones for everybody."""

    permission_classes = (AllowAny,)
    serializer_class = MethodSerializer
    queryset = Method.objects.none()

    def get_queryset(self) -> QuerySet[Method]:
        return Method.objects.visible_to(self.request.actor)

    @extend_schema(responses={200: MethodSerializer(many=True)}, auth=[])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(responses={200: MethodSerializer, 404: PROBLEMS[404]}, auth=[])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @writes(MethodSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        """Draft a version. Each fault comes with its place: `document.dimensions[0].weight`."""
        rules.can_write_methods(request.actor).require()
        method = services.draft_method(request.actor, fields=_fields(request))
        return Response(MethodSerializer(method).data, status=201)

    @writes(MethodSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Other words for a draft; its trials go with the old ones."""
        method = self.get_object()
        rules.can_edit_method(request.actor, method).require()
        method = services.edit_method(request.actor, method=method, fields=_fields(request))
        return Response(MethodSerializer(method).data)

    @writes(SnapshotSerializer, request=TrialDaySerializer, status=201)
    @action(detail=True, methods=["post"])
    @idempotent
    def trial(self, request: Request, pk: str) -> Response:
        """Rate everybody by a draft and by the version in force, for operators' eyes. A job does
        it; `/snapshots/{id}/impact/` of what this answers then says whom the draft moves."""
        method = self.get_object()
        rules.can_make_snapshots(request.actor).require()
        form = TrialDaySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        trial = services.try_method(request.actor, method=method, **form.validated_data)
        return Response(SnapshotSerializer(trial).data, status=201)

    @writes(MethodSerializer, request=AnnouncementSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def announcement(self, request: Request, pk: str) -> Response:
        """Announce a draft: from now on it never changes."""
        method = self.get_object()
        rules.can_announce_method(request.actor, method).require()
        form = AnnouncementSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        method = services.announce_method(request.actor, method=method, **form.validated_data)
        return Response(MethodSerializer(method).data)

    @writes(MethodSerializer, request=WhySerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take back a draft, or an announcement before its day."""
        method = self.get_object()
        rules.can_withdraw_method(request.actor, method).require()
        form = WhySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        method = services.withdraw_method(request.actor, method=method, **form.validated_data)
        return Response(MethodSerializer(method).data)

    @extend_schema(responses={200: DifferenceSerializer(many=True), 404: PROBLEMS[404]}, auth=[])
    @action(detail=True, pagination_class=None)
    def changes(self, request: Request, pk: str) -> Response:
        """What it changed in the version before it; nothing for a first one."""
        method = self.get_object()
        previous = selectors.version_before(method)
        found = selectors.differences_between(previous, method) if previous else []
        return Response(DifferenceSerializer(found, many=True).data)

    @extend_schema(responses={200: MethodAppealsSerializer, 404: PROBLEMS[404]}, auth=[])
    @action(detail=True, pagination_class=None)
    def appeals(self, request: Request, pk: str) -> Response:
        """How many were filed, upheld and refused, and how soon they were answered."""
        method = self.get_object()
        found = {
            "counts": selectors.appeal_counts(method.code),
            "indicators": selectors.appeals_by_indicator(method),
        }
        return Response(MethodAppealsSerializer(found).data)

    @reads(EvidenceSerializer(many=True), OpenApiParameter("segment", str))
    @action(detail=True, pagination_class=None)
    def coverage(self, request: Request, pk: str) -> Response:
        """Of how many parties each indicator has data, for operators of the evaluation."""
        method = self.get_object()
        rules.can_see_evidence(request.actor).require()
        report = selectors.evidence_report(method, request.query_params.get("segment", ""))
        return Response(EvidenceSerializer(report.lines, many=True).data)


def _fields(request: Request) -> MethodFields:
    form = MethodSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    return MethodFields(**form.validated_data)
