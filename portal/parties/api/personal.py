"""A person's own data over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import services


class PersonalDataSerializer(serializers.Serializer[Any]):
    """Everything the site's parts hold of the person who asks, part by part."""

    parts = serializers.DictField()


class ErasureSerializer(serializers.Serializer[Any]):
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class PersonalDataView(APIView):
    @reads(PersonalDataSerializer)
    def get(self, request: Request) -> Response:
        person = request.actor.user
        parts = services.personal_data(person) if person is not None else {}
        return Response(PersonalDataSerializer({"parts": parts}).data)


class ErasureView(APIView):
    @writes(ErasureSerializer, status=201, request=None)
    @idempotent
    def post(self, request: Request) -> Response:
        """Ask to be forgotten in seven days."""
        return Response(ErasureSerializer(services.ask_erasure(request.actor)).data, status=201)


class ErasureWithdrawalView(APIView):
    @writes(ErasureSerializer, request=None)
    @idempotent
    def post(self, request: Request) -> Response:
        """Stay after all."""
        return Response(ErasureSerializer(services.withdraw_erasure(request.actor)).data)
