"""The directories over the API: the same filters, order and counts as the pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.schema import PROBLEMS
from portal.directory.doors import KIND_BY_PATH
from portal.directory.results import SORTS, Results, shown_facets
from portal.parties.api import ProfileSerializer, ShareSerializer
from portal.parties.models import Party
from portal.parties.states import PartyKind


class ListedSerializer(serializers.Serializer[Any]):
    """What everybody may know of a listed party: no contact, and no registered name of a creator,
    who is a person. `profile` is a provider's."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    legal_name = serializers.SerializerMethodField()
    logo = serializers.SerializerMethodField(help_text="Address of a small picture, if there is.")
    city = serializers.IntegerField(source="city_id")
    intro = serializers.CharField(source="public_intro")
    category_shares = ShareSerializer(many=True)
    profile = serializers.SerializerMethodField()

    def get_legal_name(self, party: Party) -> str | None:
        return None if party.kind == PartyKind.CREATOR else party.legal_name

    def get_logo(self, party: Party) -> str | None:
        logo = party.public_logo
        return reverse("picture_read", args=[logo, "small"]) if logo else None

    @extend_schema_field(ProfileSerializer(allow_null=True))
    def get_profile(self, party: Party) -> dict[str, Any] | None:
        profile = getattr(party, "profile", None)
        return dict(ProfileSerializer(profile).data) if profile else None


class FacetValueSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class DirectoryPageSerializer(serializers.Serializer[Any]):
    """One page. `next` and `previous` are addresses, null at the ends. Very large counts are
    estimates: `is_exact` says so."""

    count = serializers.IntegerField()
    is_exact = serializers.BooleanField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ListedSerializer(many=True)
    facets = serializers.DictField(child=FacetValueSerializer(many=True))


def _codes(name: str, meaning: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, many=True, explode=True, description=meaning)


PARAMETERS = [
    OpenApiParameter(
        "directory", str, OpenApiParameter.PATH, enum=list(KIND_BY_PATH), description="Which one."
    ),
    OpenApiParameter("q", str, description="Words of names, pinyin, initials, or what they do."),
    OpenApiParameter(
        "sort",
        str,
        enum=list(SORTS),
        description="By default `score`; where nobody is rated, `new`. With one `service` it is "
        "the score for that. `followers`: of creators.",
    ),
    OpenApiParameter("cursor", str, description="From `next` or `previous`."),
    _codes("service", "Service codes; a provider must offer all of them."),
    _codes("category", "Category codes; all of them."),
    _codes("city", "City codes; one of them is enough."),
    _codes("score", "Bands of evaluation scores: 0-60, 60-70, 70-80, 80-90, 90-, none."),
    _codes("tier", "City tiers: first, new_first, second."),
    _codes("region", "Regions, such as east."),
    _codes(
        "price",
        "Bands of monthly fees in 10,000 yuan: 0-1, 1-3, 3-5, 5-10, 10-. Of a creator, of "
        "average prices in yuan: 0-50, 50-100, 100-200, 200-500, 500-.",
    ),
    _codes("remote", "`yes`: works remotely."),
    _codes("shop", "Sorts of shop: flagship, exclusive, specialty, company, sole."),
    _codes("belt", "Codes of industry belts."),
    _codes(
        "fact",
        "Parts of the business served: own_live, matrix, campaigns, top; all of them.",
    ),
    _codes(
        "size",
        "Bands of size: of a provider, S, M, L by what it settled for its merchants in 12 months; "
        "of an agency, creators: 1-4, 5-19, 20-99, 100-; of a creator, followers in 10,000: 0-1, "
        "1-10, 10-100, 100-1000, 1000-.",
    ),
    _codes("stars", "Stars of an agency: 0 (starter) to 5."),
    _codes("mark", "Agencies that hold the top-100 mark: yes."),
    _codes("team", "People in a provider's team: 1-4, 5-19, 20-49, 50-."),
]


class DirectoryView(APIView):
    """Listed parties of one kind."""

    permission_classes = (AllowAny,)

    @extend_schema(
        parameters=PARAMETERS, responses={200: DirectoryPageSerializer, 404: PROBLEMS[404]}, auth=[]
    )
    def get(self, request: Request, directory: str) -> Response:
        if directory not in KIND_BY_PATH:
            raise Http404
        results = Results(KIND_BY_PATH[directory], request.query_params)
        page = results.page
        return Response(
            {
                "count": results.counts.total,
                "is_exact": results.counts.is_exact,
                "next": _address(request, page.next),
                "previous": _address(request, page.previous),
                "results": ListedSerializer(page.rows, many=True).data,
                "facets": shown_facets(results),
            }
        )


def _address(request: Request, cursor: str) -> str | None:
    if not cursor:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
