"""A party's keys over the API: read and revoked. They are made on the site only, where the key is
shown once: no answer that is kept for repeats holds one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import rules, services
from portal.parties.fields import GrantFields
from portal.parties.models import ApiKey, KeyGrant, Party


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


class GrantSerializer(serializers.Serializer[Any]):
    """Keys of `taker` act for `giver`, within these scopes and their own."""

    id = serializers.UUIDField()
    giver = serializers.IntegerField(source="giver_id")
    giver_name = serializers.CharField(source="giver.name")
    taker = serializers.IntegerField(source="taker_id")
    taker_name = serializers.CharField(source="taker.name")
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class NewGrantSerializer(serializers.Serializer[Any]):
    """`prefix`: the beginning of the other side's key."""

    prefix = serializers.CharField(max_length=80)
    scopes = serializers.ListField(child=serializers.CharField(max_length=20), max_length=20)
    days = serializers.IntegerField(min_value=1, max_value=366)


class GrantsView(APIView):
    @extend_schema(operation_id="parties_grants_list")
    @reads(GrantSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Whose keys act for the party, and for whom its own act."""
        party = _party(request, pk)
        rules.can_see_grants(request.actor, party).require()
        rows = KeyGrant.objects.filter(Q(giver=party) | Q(taker=party), ended_at=None)
        shown = rows.select_related("giver", "taker").order_by("-created_at")[:500]
        return Response(GrantSerializer(shown, many=True).data)

    @writes(GrantSerializer, status=201, request=NewGrantSerializer)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Let another party's keys act for this one."""
        party = _party(request, pk)
        given = NewGrantSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = GrantFields(**given.validated_data)
        grant = services.give_grant(request.actor, party=party, fields=fields)
        return Response(GrantSerializer(grant).data, status=201)


class GrantEndView(APIView):
    @writes(GrantSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int, grant: str) -> Response:
        """End it at once; either side may."""
        party = _party(request, pk)
        rows = KeyGrant.objects.filter(Q(giver=party) | Q(taker=party))
        ended = services.end_grant(request.actor, grant=get_object_or_404(rows, pk=grant))
        return Response(GrantSerializer(ended).data)


def _party(request: Request, pk: int) -> Party:
    return get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
