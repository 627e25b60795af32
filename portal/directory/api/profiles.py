"""A public profile over the API: what its page shows, whichever kind of party it is of."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matchmaking.needs.models import ResponsePace
from matchmaking.samples.selectors import record_of
from portal.activity.selectors import Figure, Spread
from portal.core.api.schema import PROBLEMS
from portal.directory.api.directory import ListedSerializer
from portal.directory.doors import KIND_BY_PATH
from portal.directory.profiles import profile_of
from portal.parties.api import MerchantProfileSerializer, ShownCaseSerializer
from portal.parties.models import AgencyProfile
from portal.parties.selectors import whole_parties
from portal.parties.states import PartyKind


class SourcedSerializer(serializers.Serializer[Any]):
    """Whose word it is: platform, operator_file, self_reported or estimated; and of which day."""

    # A field of this name hides `Field.source`, which a serializer never reads.
    source = serializers.SerializerMethodField()  # type: ignore[assignment]
    day = serializers.DateField()

    def get_source(self, row: Figure | Spread) -> str:
        return row.source.name.lower()


class FigureSerializer(SourcedSerializer):
    """A number of the last 30 days; money in fen, shares in basis points."""

    value = serializers.IntegerField()


class PartSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    percent = serializers.FloatField()


class SpreadSerializer(SourcedSerializer):
    kind = serializers.CharField()
    parts = serializers.SerializerMethodField()

    def get_parts(self, spread: Spread) -> list[dict[str, Any]]:
        parts = [{"name": name, "percent": share} for name, share in spread.parts]
        return [dict(PartSerializer(part).data) for part in parts]


class ConditionSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # as `source` above
    said = serializers.CharField()
    is_met = serializers.BooleanField(allow_null=True)


class EligibilitySerializer(serializers.Serializer[Any]):
    """Whether the creator may share goods by the rule in force; null is not known."""

    is_met = serializers.BooleanField(allow_null=True)
    rule_from = serializers.DateField(source="rule.starts_on")
    conditions = ConditionSerializer(many=True)


class CapacitySerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    running = serializers.IntegerField(help_text="Agreed here and not over.")
    elsewhere = serializers.IntegerField(help_text="As the provider says.")
    free = serializers.IntegerField()


class ResponseTimeSerializer(serializers.Serializer[Any]):
    """Of what the party was asked in 180 days. `hours` is the median in working hours, null below
    three answers."""

    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    hours = serializers.SerializerMethodField()

    def get_hours(self, pace: ResponsePace) -> float | None:
        return round(pace.hours, 1) if pace.is_known else None


class TeamPartSerializer(serializers.Serializer[Any]):
    """One role of a team; nobody is named."""

    label = serializers.CharField()  # type: ignore[assignment]  # as `source` above
    number = serializers.IntegerField()
    years = serializers.FloatField(help_text="On average.")
    certificates = serializers.ListField(child=serializers.CharField())


class HouseSerializer(serializers.Serializer[Any]):
    """An agency's house. Its commercial contact is not public."""

    founded_in = serializers.IntegerField(allow_null=True)
    managers = serializers.IntegerField(allow_null=True)
    studios = serializers.IntegerField(allow_null=True)
    takes_new = serializers.BooleanField()


class RosterFiguresSerializer(serializers.Serializer[Any]):
    """What a roster adds up to; sums are null where they would tell of single creators."""

    creators = serializers.IntegerField()
    known = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    followers = serializers.IntegerField(allow_null=True)
    live_minutes = serializers.IntegerField(allow_null=True)
    average_views = serializers.IntegerField(allow_null=True)


class SampleRecordSerializer(serializers.Serializer[Any]):
    """Of a merchant: sent in time; of creators and agencies: shown in time. `rate_bp` is null where
    nothing was due yet."""

    due = serializers.IntegerField()
    in_time = serializers.IntegerField()
    rate_bp = serializers.IntegerField(allow_null=True)


class WholeProfileSerializer(ListedSerializer):
    """Parts that a kind of party does not have are left out."""

    cover = serializers.CharField(allow_null=True, help_text="Address of a picture.")
    capacity = CapacitySerializer(required=False, allow_null=True)
    response = ResponseTimeSerializer(required=False, allow_null=True)
    team = TeamPartSerializer(many=True, required=False)
    cases = ShownCaseSerializer(many=True, required=False)
    figures = serializers.DictField(child=FigureSerializer(), required=False)
    delivery = serializers.FloatField(required=False, allow_null=True, help_text="Percent.")
    spreads = SpreadSerializer(many=True, required=False)
    eligibility = EligibilitySerializer(required=False, allow_null=True)
    shop = MerchantProfileSerializer(required=False, allow_null=True)
    house = HouseSerializer(required=False, allow_null=True)
    roster = RosterFiguresSerializer(required=False)
    samples = SampleRecordSerializer(required=False)

    def to_representation(self, party: Any) -> dict[str, Any]:
        """The party, then each part of the profile by its own serializer."""
        listed = dict(ListedSerializer(party).data)
        found = profile_of(party)
        cover = found["cover"]
        listed["cover"] = reverse("picture_read", args=[cover.pk, "full"]) if cover else None
        if party.kind != PartyKind.PROVIDER:
            found["samples"] = record_of(party)
        parts = {name: show(found[key]) for name, (key, show) in PARTS.items() if key in found}
        return listed | parts


def _one(serializer: type[serializers.Serializer[Any]]) -> Any:
    return lambda value: None if value is None else serializer(value).data


def _many(serializer: type[serializers.Serializer[Any]]) -> Any:
    return lambda values: serializer(values, many=True).data


def _shop(shop: Any) -> dict[str, Any] | None:
    """Brands that a person still looks at are left out."""
    if shop is None:
        return None
    said = dict(MerchantProfileSerializer(shop).data)
    return said | {"own_brands": [], "sold_brands": []} if shop.brands_held else said


def _house(house: AgencyProfile | None) -> Any:
    return None if house is None else HouseSerializer(house).data


PARTS: dict[str, tuple[str, Any]] = {  # of the answer: what of the profile, and how
    "capacity": ("capacity", _one(CapacitySerializer)),
    "response": ("response", _one(ResponseTimeSerializer)),
    "team": ("team", _many(TeamPartSerializer)),
    "cases": ("cases", _many(ShownCaseSerializer)),
    "figures": ("known", lambda known: {n: FigureSerializer(f).data for n, f in known.items()}),
    "delivery": ("delivery", lambda percent: percent),
    "spreads": ("spreads", _many(SpreadSerializer)),
    "eligibility": ("eligibility", _one(EligibilitySerializer)),
    "shop": ("shop", _shop),
    "house": ("house", _house),
    "roster": ("figures", _one(RosterFiguresSerializer)),
    "samples": ("samples", _one(SampleRecordSerializer)),
}


class ProfileView(APIView):
    """The public profile of a listed party."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="api_v1_directory_profile",
        parameters=[
            OpenApiParameter("directory", str, OpenApiParameter.PATH, enum=list(KIND_BY_PATH))
        ],
        responses={200: WholeProfileSerializer, 404: PROBLEMS[404]},
        auth=[],
    )
    def get(self, request: Request, directory: str, pk: int) -> Response:
        if directory not in KIND_BY_PATH:
            raise Http404
        listed = whole_parties().listed().filter(kind=KIND_BY_PATH[directory])
        return Response(WholeProfileSerializer(get_object_or_404(listed, pk=pk)).data)
