"""Exports for machines: ask, wait, fetch the file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import exports
from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from portal.core.models import ExportRun
from portal.core.sheets import TEXT, TYPES
from portal.core.verdict import Refused, unmet


class ExportSerializer(serializers.Serializer[Any]):
    """An export. Ended, it has a `url` for 24 hours, or a `problem`."""

    id = serializers.UUIDField(read_only=True)
    kind = serializers.CharField(max_length=60)
    format = serializers.ChoiceField([*sorted(TYPES), TEXT], source="form")
    params = serializers.DictField(required=False, default=dict)
    rows = serializers.IntegerField(read_only=True)
    percent = serializers.SerializerMethodField()
    problem = serializers.CharField(read_only=True)
    url = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(read_only=True)
    finished_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def get_percent(self, run: ExportRun) -> int:
        if run.finished_at is not None:
            return 100
        return run.job.percent if run.job else 0

    def get_url(self, run: ExportRun) -> str:
        return run.file.get_absolute_url() if run.file is not None and run.is_ready else ""


class ExportViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ExportRun]
):
    """Your own exports."""

    queryset = ExportRun.objects.none()
    serializer_class = ExportSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[ExportRun]:
        return ExportRun.objects.visible_to(self.request.actor).select_related("job", "file")

    @writes(ExportSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        form = ExportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        kind = exports.find_export(data["kind"])
        if kind is None:
            raise Refused(unmet(_("There is no such kind of export.")))
        run = exports.start_export(
            request.actor, kind=kind, params=data["params"], form=data["form"]
        )
        return Response(ExportSerializer(run).data, status=201)
