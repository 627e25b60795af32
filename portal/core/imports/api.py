"""Imports for machines: upload, look at the dry run, apply."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import imports
from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from portal.core.imports.kinds import find_kind
from portal.core.models import ImportFault, ImportRun
from portal.core.verdict import Refused, unmet

SHOWN_FAULTS = 50


class FaultSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    field = serializers.CharField()
    value = serializers.CharField()
    sentence = serializers.CharField()


class ImportSerializer(serializers.Serializer[Any]):
    """An import. `state`: checking, refused, checked, applying, done or discarded."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.CharField()
    problem = serializers.CharField()
    total = serializers.IntegerField()
    good = serializers.IntegerField()
    bad = serializers.IntegerField()
    applied = serializers.IntegerField()
    percent = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_percent(self, run: ImportRun) -> int:
        return run.job.percent if run.job else 0


class ImportDetailSerializer(ImportSerializer):
    """With the first 50 faults."""

    faults = serializers.SerializerMethodField()

    @extend_schema_field(FaultSerializer(many=True))
    def get_faults(self, run: ImportRun) -> Any:
        faults = ImportFault.objects.filter(run=run).order_by("line", "pk")
        return FaultSerializer(faults[:SHOWN_FAULTS], many=True).data


class NewImportSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(max_length=60)
    file = serializers.FileField()


class ImportViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ImportRun]
):
    """Imports of the party you speak for."""

    queryset = ImportRun.objects.none()
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[ImportRun]:
        runs = ImportRun.objects.visible_to(self.request.actor)
        return runs.select_related("job", "file")

    def get_serializer_class(self) -> Any:
        return ImportSerializer if self.action == "list" else ImportDetailSerializer

    def get_parsers(self) -> Any:
        is_upload = (
            self.request is not None and getattr(self, "action_map", {}).get("post") == "create"
        )
        return [MultiPartParser()] if is_upload else super().get_parsers()

    @writes(ImportDetailSerializer, status=201, request=NewImportSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Upload a file for a dry run; nothing of it is written yet."""
        form = NewImportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        kind = find_kind(form.validated_data["kind"])
        if kind is None:
            raise Refused(unmet(_("There is no such kind of import.")))
        run = imports.start_import(request.actor, kind=kind, upload=form.validated_data["file"])
        return Response(ImportDetailSerializer(run).data, status=201)

    @writes(ImportDetailSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def application(self, request: Request, pk: str) -> Response:
        """Import the good rows."""
        run = imports.apply_import(request.actor, run=self.get_object())
        return Response(ImportDetailSerializer(run).data)
