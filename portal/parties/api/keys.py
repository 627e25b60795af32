"""A party's keys over the API: read and revoked. They are made on the site only, where the key is
shown once: no answer that is kept for repeats holds one."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import rules, services
from portal.parties.models import ApiKey, Party


class ApiKeySerializer(serializers.Serializer[Any]):
    """A key, without the key."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)


class KeysView(APIView):
    @extend_schema(operation_id="parties_keys_list")
    @reads(ApiKeySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The party's keys, newest first."""
        party = _party(request, pk)
        rules.can_manage_keys(request.actor, party).require()
        rows = ApiKey.objects.filter(party=party).order_by("-created_at")[:100]
        return Response(ApiKeySerializer(rows, many=True).data)


class KeyRevocationView(APIView):
    @writes(ApiKeySerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int, key: str) -> Response:
        """End a key at once."""
        rows = ApiKey.objects.filter(party=_party(request, pk)).select_related("party")
        revoked = services.revoke_key(request.actor, key=get_object_or_404(rows, pk=key))
        return Response(ApiKeySerializer(revoked).data)


def _party(request: Request, pk: int) -> Party:
    return get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
