"""Parties over the API: the same services and sentences as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.fields import IdsField
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.forms import MAX_FEN
from portal.parties import rules, selectors, services
from portal.parties.fields import CONTACT_PHONE, PartyFields, ProviderFields
from portal.parties.models import Belt, Category, City, Party, Region, ServiceType
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind

MOST_SHARES = 20  # each costs a query


class NamedSerializer(serializers.Serializer[Any]):
    """A row of reference data."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()


class ReferenceSerializer(serializers.Serializer[Any]):
    categories = NamedSerializer(many=True)
    services = NamedSerializer(many=True)
    regions = NamedSerializer(many=True)
    cities = NamedSerializer(many=True)
    belts = NamedSerializer(many=True, help_text="Industry belts: where goods of a kind are made")


class ReferenceView(generics.GenericAPIView[Any]):
    """The codes every form and filter uses."""

    permission_classes = (AllowAny,)
    pagination_class = None
    serializer_class = ReferenceSerializer

    @extend_schema(responses={200: ReferenceSerializer}, auth=[])
    def get(self, request: Request) -> Response:
        rows = {
            "categories": Category.objects.filter(parent=None),
            "services": ServiceType.objects.all(),
            "regions": Region.objects.all(),
            "cities": City.objects.all(),
            "belts": Belt.objects.all(),
        }
        return Response(ReferenceSerializer(rows).data)


class ShareSerializer(serializers.Serializer[Any]):
    category = serializers.PrimaryKeyRelatedField(queryset=Category.objects.filter(parent=None))
    share = serializers.IntegerField(min_value=1, max_value=100, help_text="Percent")


class ProfileSerializer(serializers.Serializer[Any]):
    """What a provider offers; prices in fen a month."""

    services = IdsField(queryset=ServiceType.objects.all(), allow_empty=False)
    cities = IdsField(queryset=City.objects.all())
    works_remotely = serializers.BooleanField()
    price_low_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    price_high_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    fact_parts = serializers.ListField(
        child=serializers.ChoiceField(FactPart.choices),
        max_length=len(FactPart),
        default=list,
        help_text="Parts of the business matrix (FACT).",
    )
    capacity = serializers.IntegerField(
        min_value=1,
        max_value=rules.MOST_CAPACITY,
        allow_null=True,
        default=None,
        help_text="Cooperations at once; null: not said.",
    )
    busy_elsewhere = serializers.IntegerField(
        min_value=0,
        max_value=rules.MOST_CAPACITY,
        default=0,
        help_text="Of these outside of this site.",
    )


class PartySerializer(serializers.Serializer[Any]):
    """One's own party."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(PartyKind.choices)
    status = serializers.CharField(read_only=True)
    status_note = serializers.CharField(read_only=True)
    name = serializers.CharField(max_length=40)
    legal_name = serializers.CharField(max_length=80)
    uscc = serializers.CharField(
        max_length=18,
        allow_blank=True,
        help_text="18 characters; empty for a creator without a business licence.",
    )
    city = serializers.PrimaryKeyRelatedField(queryset=City.objects.all())
    contact_name = serializers.CharField(max_length=40)
    contact_phone = serializers.RegexField(CONTACT_PHONE)
    intro = serializers.CharField(max_length=600, required=False, allow_blank=True, default="")
    category_shares = serializers.ListSerializer(
        child=ShareSerializer(),
        max_length=MOST_SHARES,
        help_text="They sum to 100; agencies and creators may leave the list empty.",
    )
    profile = ProfileSerializer(required=False, allow_null=True)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        seen = [row["category"].pk for row in data["category_shares"]]
        if len(seen) != len(set(seen)):
            raise serializers.ValidationError({"category_shares": _("A category stands twice.")})
        return data

    def party_fields(self) -> PartyFields:
        data = self.validated_data
        names = ("name", "legal_name", "uscc", "contact_name", "contact_phone", "intro")
        return PartyFields(
            **{name: data[name] for name in names},
            city_id=data["city"].pk,
            shares={row["category"].pk: row["share"] for row in data["category_shares"]},
        )

    def provider_fields(self) -> ProviderFields | None:
        profile = self.validated_data.get("profile")
        if not profile:
            return None
        return ProviderFields(
            service_ids=profile["services"],
            city_ids=profile["cities"],
            works_remotely=profile["works_remotely"],
            price_low_fen=profile["price_low_fen"],
            price_high_fen=profile["price_high_fen"],
            fact_parts=profile["fact_parts"],
            capacity=profile["capacity"],
            busy_elsewhere=profile["busy_elsewhere"],
        )


class PartyClosingSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PartyViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Party]
):
    """The parties this person speaks for."""

    queryset = Party.objects.none()
    serializer_class = PartySerializer

    def get_queryset(self) -> QuerySet[Party]:
        return selectors.whole_parties().visible_to(self.request.actor)

    @writes(PartySerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        rules.can_register_party(request.actor).require()
        form = self._bound(request)
        party = services.register_party(
            request.actor,
            kind=PartyKind(form.validated_data["kind"]),
            fields=form.party_fields(),
            provider=form.provider_fields(),
        )
        return Response(self._shown(party), status=201)

    @writes(PartySerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        party = self.get_object()
        rules.can_edit_party(request.actor, party).require()
        form = self._bound(request)
        if form.validated_data["kind"] != party.kind:
            raise serializers.ValidationError({"kind": "A party keeps its kind."})
        services.update_party(
            request.actor, party=party, fields=form.party_fields(), provider=form.provider_fields()
        )
        return Response(self._shown(party))

    @writes(PartySerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def submission(self, request: Request, pk: str) -> Response:
        """Hand the party in for review."""
        party = services.submit_party(request.actor, party=self.get_object())
        return Response(self._shown(party))

    @writes(PartySerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def hiding(self, request: Request, pk: str) -> Response:
        """Take the party out of lists and rankings; running work goes on."""
        party = services.hide_party(request.actor, party=self.get_object())
        return Response(self._shown(party))

    @writes(PartySerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def listing(self, request: Request, pk: str) -> Response:
        """Show a hidden party again."""
        party = services.list_party(request.actor, party=self.get_object())
        return Response(self._shown(party))

    @writes(PartySerializer, request=PartyClosingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def closing(self, request: Request, pk: str) -> Response:
        """End the party for good: it signs nothing more, what was agreed stays on record."""
        party = self.get_object()
        rules.can_close_party(request.actor, party).require()
        form = PartyClosingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        closed = services.close_party(request.actor, party=party, why=form.validated_data["why"])
        return Response(self._shown(closed))

    def _bound(self, request: Request) -> PartySerializer:
        form = PartySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return form

    def _shown(self, party: Party) -> dict[str, Any]:
        return dict(PartySerializer(selectors.whole_parties().get(pk=party.pk)).data)


class ProviderSerializer(serializers.Serializer[Any]):
    """What everybody may know of a listed provider."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    legal_name = serializers.CharField()
    city = serializers.IntegerField(source="city_id")
    intro = serializers.CharField(source="public_intro")
    category_shares = ShareSerializer(many=True)
    profile = ProfileSerializer()


class ProviderView(generics.RetrieveAPIView[Party]):
    """A listed provider's public profile."""

    permission_classes = (AllowAny,)
    serializer_class = ProviderSerializer
    queryset = Party.objects.none()

    @reads(ProviderSerializer)
    def get(self, request: Request, pk: int) -> Response:
        listed = selectors.whole_parties().providers().listed()
        return Response(ProviderSerializer(get_object_or_404(listed, pk=pk)).data)
