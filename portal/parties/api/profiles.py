"""What merchants and agencies say of themselves, over the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.fields import IdsField
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import rules, services
from portal.parties.api.documents import OwnPartyView
from portal.parties.fields import CONTACT_PHONE, AgencyFields, MerchantFields
from portal.parties.models import AgencyProfile, Belt, MerchantProfile
from portal.parties.profile_states import ShipHours, ShopTier

SAID = (
    *("shop_tier", "ship_hours", "returns_days", "ships_free", "insures_returns"),
    *("ships_cold", "sends_samples"),
)


def _brands() -> serializers.ListField:
    child = serializers.CharField(max_length=rules.LONGEST_BRAND)
    return serializers.ListField(child=child, max_length=rules.MOST_BRANDS, required=False)


class MerchantProfileSerializer(serializers.Serializer[Any]):
    """A merchant's shop; `belts` by their ids."""

    shop_tier = serializers.ChoiceField(ShopTier.choices)
    ship_hours = serializers.ChoiceField(ShipHours.choices)
    belts = IdsField(queryset=Belt.objects.all(), required=False)
    own_brands = _brands()
    sold_brands = _brands()
    returns_days = serializers.IntegerField(
        min_value=rules.RETURNS[0], max_value=rules.RETURNS[1], default=7
    )
    ships_free = serializers.BooleanField(default=False)
    insures_returns = serializers.BooleanField(default=False)
    ships_cold = serializers.BooleanField(default=False)
    sends_samples = serializers.BooleanField(default=False)

    def to_representation(self, profile: MerchantProfile) -> dict[str, Any]:
        brands = list(profile.brands.all())
        said = {name: getattr(profile, name) for name in SAID}
        return said | {
            "belts": [belt.pk for belt in profile.belts.all()],
            "own_brands": [brand.name for brand in brands if brand.is_own],
            "sold_brands": [brand.name for brand in brands if not brand.is_own],
        }

    def profile_fields(self) -> MerchantFields:
        data = dict(self.validated_data)
        return MerchantFields(belt_ids=data.pop("belts", []), **data)


class AgencyProfileSerializer(serializers.Serializer[Any]):
    """An agency's house. The commercial contact is your own."""

    founded_in = serializers.IntegerField(
        min_value=rules.FIRST_YEAR, max_value=2100, allow_null=True, default=None
    )
    managers = serializers.IntegerField(
        min_value=0, max_value=rules.MOST_HOUSE, allow_null=True, default=None
    )
    studios = serializers.IntegerField(
        min_value=0, max_value=rules.MOST_HOUSE, allow_null=True, default=None
    )
    takes_new = serializers.BooleanField(default=True)
    business_name = serializers.CharField(max_length=40, allow_blank=True, default="")
    business_phone = serializers.RegexField(CONTACT_PHONE, allow_blank=True, default="")

    def profile_fields(self) -> AgencyFields:
        return AgencyFields(**self.validated_data)


class MerchantProfileView(OwnPartyView):
    """Your merchant's shop."""

    serializer_class = MerchantProfileSerializer

    @reads(MerchantProfileSerializer)
    def get(self, request: Request, pk: int) -> Response:
        shops = MerchantProfile.objects.filter(party=self.party(request, pk))
        return Response(MerchantProfileSerializer(get_object_or_404(shops)).data)

    @writes(MerchantProfileSerializer)
    @idempotent
    def put(self, request: Request, pk: int) -> Response:
        party = self.party(request, pk)
        rules.can_describe_merchant(request.actor, party).require()
        form = MerchantProfileSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.describe_merchant(request.actor, party=party, fields=form.profile_fields())
        return Response(MerchantProfileSerializer(done).data)


class AgencyProfileView(OwnPartyView):
    """Your agency's house."""

    serializer_class = AgencyProfileSerializer

    @reads(AgencyProfileSerializer)
    def get(self, request: Request, pk: int) -> Response:
        houses = AgencyProfile.objects.filter(party=self.party(request, pk))
        return Response(AgencyProfileSerializer(get_object_or_404(houses)).data)

    @writes(AgencyProfileSerializer)
    @idempotent
    def put(self, request: Request, pk: int) -> Response:
        party = self.party(request, pk)
        rules.can_describe_agency(request.actor, party).require()
        form = AgencyProfileSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.describe_agency(request.actor, party=party, fields=form.profile_fields())
        return Response(AgencyProfileSerializer(done).data)
