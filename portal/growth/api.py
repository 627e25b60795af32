"""Rules of growth, creators' places and providers' benefits over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, mixins, serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.schema import reads
from portal.core.verdict import forbidden
from portal.growth import selectors
from portal.growth.models import Benefit, GrowthRules, LevelRung, LineStanding
from portal.growth.states import Band, ProviderBenefit, Size
from portal.parties.states import PartyKind
from portal.rewards.states import Line


class LevelRungSerializer(serializers.ModelSerializer[LevelRung]):
    """`floor`: live sessions, followers or fen, by the line."""

    class Meta:
        model = LevelRung
        fields = ("line", "level", "floor")


class ProviderBenefitSerializer(serializers.ModelSerializer[Benefit]):
    """`band`: of the official score, 0 below 60 to 4 from 90, 5 for who is not rated."""

    class Meta:
        model = Benefit
        fields = ("size", "band", "kind", "amount")


class GrowthRulesSerializer(serializers.ModelSerializer[GrowthRules]):
    rungs = LevelRungSerializer(many=True)
    benefits = ProviderBenefitSerializer(many=True)

    class Meta:
        model = GrowthRules
        fields = ("id", "starts_on", "announced_on", "source", "checked_on", "rungs", "benefits")


class GrowthRulesViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[GrowthRules]
):
    """Every version of the rules that was announced."""

    queryset = GrowthRules.objects.none()
    serializer_class = GrowthRulesSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[GrowthRules]:
        return GrowthRules.objects.approved().whole().order_by("-pk")


class LineStandingSerializer(serializers.ModelSerializer[LineStanding]):
    """`value`: in the unit of the line, null where no trusted source tells of it. `level`: the best
    ever reached."""

    class Meta:
        model = LineStanding
        fields = ("id", "party", "line", "level", "value", "since", "changed_at")


class LineStandingViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[LineStanding]
):
    """A creator's own four lines; everybody's, for operators who follow growth."""

    queryset = LineStanding.objects.none()
    serializer_class = LineStandingSerializer

    def get_queryset(self) -> QuerySet[LineStanding]:
        rows = LineStanding.objects.visible_to(self.request.actor).order_by("-pk")
        line = self.request.query_params.get("line", "")
        return rows.filter(line=line) if line in Line.values else rows

    @reads(
        LineStandingSerializer(many=True),
        OpenApiParameter("line", str, enum=Line.values, description="only this line"),
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)


class BenefitUseSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    used = serializers.IntegerField()
    total = serializers.IntegerField()
    left = serializers.IntegerField()


class OwnBenefitSerializer(serializers.Serializer[Any]):
    """`amount`: more than everybody has. `uses`: each place where it counts."""

    kind = serializers.ChoiceField(ProviderBenefit.choices)
    amount = serializers.IntegerField()
    uses = BenefitUseSerializer(many=True)


class OwnBenefitsSerializer(serializers.Serializer[Any]):
    size = serializers.ChoiceField(Size.choices)
    band = serializers.ChoiceField(Band.choices)
    benefits = OwnBenefitSerializer(many=True)


class OwnBenefitsView(generics.GenericAPIView[Any]):
    serializer_class = OwnBenefitsSerializer
    pagination_class = None

    @reads(OwnBenefitsSerializer)
    def get(self, request: Request) -> Response:
        """What a provider's size and score bring it now, and what of it is used."""
        party = request.actor.party
        if party is None or party.kind != PartyKind.PROVIDER:
            forbidden(_("Only providers have these benefits.")).require()
            raise AssertionError("unreachable")
        where = selectors.where_it_stands(party.pk)
        told = {
            "size": where.size,
            "band": where.band,
            "benefits": selectors.benefits_of(party, where),
        }
        return Response(OwnBenefitsSerializer(told).data)
