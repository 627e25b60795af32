"""Operators: making one party of two over the API, after a look at what moves."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.web import whole_number
from portal.parties import rules, selectors, services
from portal.parties.models import Party
from portal.parties.services.merging import MOST_WORDS

MOST_DOUBLES = 10


class DoubleSerializer(serializers.Serializer[Any]):
    """A party of the same kind that may be the same."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    legal_name = serializers.CharField()
    uscc = serializers.CharField()
    status = serializers.CharField()


class MovedSerializer(serializers.Serializer[Any]):
    what = serializers.CharField()
    count = serializers.IntegerField()
    fate = serializers.CharField()


class MergePreviewSerializer(serializers.Serializer[Any]):
    """What would move from `other`, and why they cannot be one (empty: they can)."""

    party = DoubleSerializer()
    other = DoubleSerializer()
    moved = MovedSerializer(many=True)
    refusal = serializers.CharField()


class MergeSerializer(serializers.Serializer[Any]):
    other = serializers.IntegerField(min_value=1, help_text="The party that goes.")
    why = serializers.CharField(max_length=MOST_WORDS, help_text="Written down beside your name.")


class MergedSerializer(serializers.Serializer[Any]):
    party = DoubleSerializer()
    other = DoubleSerializer()


class DoublesView(generics.GenericAPIView[Party]):
    serializer_class = DoubleSerializer
    queryset = Party.objects.none()
    pagination_class = None

    @reads(DoubleSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Parties that may be the same as this one, by code and name; at most ten."""
        found = selectors.doubles_of(_party(request, pk)).in_scope_of(request.user)
        return Response(DoubleSerializer(found[:MOST_DOUBLES], many=True).data)


class MergeView(generics.GenericAPIView[Party]):
    serializer_class = MergePreviewSerializer
    queryset = Party.objects.none()

    @reads(MergePreviewSerializer, OpenApiParameter("other", int, required=True))
    def get(self, request: Request, pk: int) -> Response:
        """What would happen if `other` went into this party. Nothing changes."""
        party = _party(request, pk)
        other = _party(request, whole_number(request.query_params.get("other", "")) or 0)
        verdict = rules.can_merge_parties(request.actor, party, other)
        clash = verdict and selectors.clash_of(party, other)
        preview = {
            "party": party,
            "other": other,
            "moved": selectors.moved_of(other),
            "refusal": "" if clash else str(clash.reason),
        }
        return Response(MergePreviewSerializer(preview).data)

    @writes(MergedSerializer, request=MergeSerializer)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Move what is `other`'s to this party and close it; all of it or nothing."""
        party = _party(request, pk)
        form = MergeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        other = _party(request, form.validated_data["other"])
        services.merge_parties(
            request.actor, survivor=party, absorbed=other, why=form.validated_data["why"]
        )
        both = Party.objects.in_bulk([party.pk, other.pk])
        merged = {"party": both[party.pk], "other": both[other.pk]}
        return Response(MergedSerializer(merged).data)


def _party(request: Request, pk: int) -> Party:
    """One of the operator's regions; who merges none is told so."""
    rules.may_merge(request.actor).require()
    mine = Party.objects.in_scope_of(request.user).select_related("city")
    return get_object_or_404(mine, pk=pk)
