"""Uploads over the API: first the file, then its id in the request that needs it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.files import services
from portal.core.models import StoredFile


class UploadSerializer(serializers.Serializer[Any]):
    """A file for a purpose; it belongs to the party you speak for."""

    purpose = serializers.CharField(max_length=60)
    file = serializers.FileField(max_length=None)


class FileSerializer(serializers.Serializer[Any]):
    """A file you may read; its bytes are at `url`."""

    id = serializers.UUIDField()
    purpose = serializers.CharField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes")
    sha256 = serializers.CharField()
    created_at = serializers.DateTimeField()
    attached_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(source="get_absolute_url")


class FileListView(generics.GenericAPIView[Any]):
    """Upload a file. What nothing uses within 24 hours is deleted."""

    serializer_class = UploadSerializer
    parser_classes = (MultiPartParser,)
    pagination_class = None

    @writes(FileSerializer, status=201, request=UploadSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        form = UploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        file = services.store_file(
            request.actor,
            upload=form.validated_data["file"],
            purpose=form.validated_data["purpose"],
            party_id=request.actor.party_id,
        )
        return Response(FileSerializer(file).data, status=201)


class FileView(generics.GenericAPIView[Any]):
    """A file's facts; an upload of yours that nothing uses can be deleted."""

    serializer_class = FileSerializer
    queryset = StoredFile.objects.none()

    @reads(FileSerializer)
    def get(self, request: Request, pk: uuid.UUID) -> Response:
        file = self._file(request, pk)
        services.can_read_file(request.actor, file).require()
        return Response(FileSerializer(file).data)

    @writes(FileSerializer, request=None)
    @idempotent
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        file = services.discard_upload(request.actor, file=self._file(request, pk))
        return Response(FileSerializer(file).data)

    def _file(self, request: Request, pk: uuid.UUID) -> StoredFile:
        file = get_object_or_404(StoredFile.objects.alive(), pk=pk)
        if not services.may_know_of(request.actor, file):
            raise Http404
        return file
