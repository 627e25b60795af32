"""The search over the API: the same kinds, and in each what the same person's lists show."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.schema import PARTY_HEADER, PROBLEMS
from portal.search.limits import may_search_again
from portal.search.said import Said
from portal.search.selectors import Found, first_hits, hits_of_kind


class HitSerializer(serializers.Serializer[Any]):
    """`url` is its page; `number` what people quote on the phone, where it has one."""

    title = serializers.CharField()
    number = serializers.CharField()
    note = serializers.CharField()
    url = serializers.CharField()


class FoundSerializer(serializers.Serializer[Any]):
    """Of one kind. `count` stops at 1,000: `is_exact` says so. `next` and `previous` are cursors of
    this kind, null at the ends."""

    kind = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField(source="number")
    is_exact = serializers.SerializerMethodField()
    next = serializers.SerializerMethodField()
    previous = serializers.SerializerMethodField()
    hits = HitSerializer(many=True, source="hits.rows")

    def get_is_exact(self, found: Found) -> bool:
        return not found.has_more_than_counted

    def get_next(self, found: Found) -> str | None:
        return found.hits.next or None

    def get_previous(self, found: Found) -> str | None:
        return found.hits.previous or None


class SiteSearchSerializer(serializers.Serializer[Any]):
    """`is_short`: too little was said to search for; nothing is found then."""

    query = serializers.CharField()
    is_short = serializers.BooleanField()
    kinds = FoundSerializer(many=True)


class SearchView(APIView):
    permission_classes = (AllowAny,)

    @extend_schema(
        parameters=[
            PARTY_HEADER,
            OpenApiParameter(
                "q",
                str,
                required=True,
                description="Words of names, pinyin, initials, or a number.",
            ),
            OpenApiParameter("kind", str, description="One kind alone, page by page."),
            OpenApiParameter("cursor", str, description="From `next` or `previous` of that kind."),
        ],
        responses={200: SiteSearchSerializer, 404: PROBLEMS[404], 409: PROBLEMS[409]},
    )
    def get(self, request: Request) -> Response:
        """The first five hits of every kind, or with `kind` its pages of twenty."""
        said, kind = Said.of(request.query_params.get("q", "")), request.query_params.get("kind")
        if said.is_asked:
            may_search_again(request._request, request.actor).require()
        if kind:
            one = hits_of_kind(request.actor, said, kind, request.query_params.get("cursor", ""))
            if one is None:
                raise Http404
            kinds = [one]
        else:
            kinds = first_hits(request.actor, said)
        told = {"query": said.text, "is_short": not said.is_asked, "kinds": kinds}
        return Response(SiteSearchSerializer(told).data)
