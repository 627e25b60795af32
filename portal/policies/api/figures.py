"""Documents and consents over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import clock
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.verdict import Refused, unmet
from portal.policies import selectors, services
from portal.policies.addresses import ip_prefix
from portal.policies.dated import figures_on
from portal.policies.fees import offers_on
from portal.policies.models import Consent, DatedRule, FeeRate, Version
from portal.policies.states import DatedKind, DocumentKind, FeeKind, ProductSource


class VersionSerializer(serializers.Serializer[Any]):
    """The version of a document that holds now, in the language of the request."""

    document = serializers.ChoiceField(DocumentKind.choices, source="kind")
    number = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    announced_at = serializers.DateTimeField()
    effective_from = serializers.DateTimeField()


class DocumentListView(generics.GenericAPIView[Version]):
    """The documents in force."""

    permission_classes = (AllowAny,)
    pagination_class = None
    serializer_class = VersionSerializer
    queryset = Version.objects.none()

    @extend_schema(responses={200: VersionSerializer(many=True)}, auth=[])
    def get(self, request: Request) -> Response:
        found = list(selectors.documents_in_force().values())
        return Response(VersionSerializer(found, many=True).data)


class RateSerializer(serializers.Serializer[Any]):
    """A rate as it was announced. No `ends_on`: until the next one begins."""

    rate_bp = serializers.IntegerField()
    is_relief = serializers.BooleanField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    announced_on = serializers.DateField(allow_null=True)
    announcement = serializers.CharField(source="source")
    checked_on = serializers.DateField()


class FeeSerializer(serializers.Serializer[Any]):
    """What is taken for goods of a source and a category; empty means all. `next`: what is
    announced after it."""

    fee = serializers.ChoiceField(FeeKind.choices)
    product_source = serializers.ChoiceField(ProductSource.choices, source="source")
    category = serializers.CharField(source="rate.category.code", default="")
    rate = RateSerializer()
    next = RateSerializer(allow_null=True)


class FeeListView(generics.GenericAPIView[FeeRate]):
    """What the platform takes, as of a day."""

    permission_classes = (AllowAny,)
    pagination_class = None
    serializer_class = FeeSerializer
    queryset = FeeRate.objects.none()

    @extend_schema(
        parameters=[OpenApiParameter("on", date, description="as of this day; today without it")],
        responses={200: FeeSerializer(many=True)},
        auth=[],
    )
    def get(self, request: Request) -> Response:
        form = _DaySerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        day = form.validated_data.get("on") or clock.today()
        rates = FeeRate.objects.select_related("category").order_by("fee", "starts_on", "pk")
        return Response(FeeSerializer(offers_on(day, rates), many=True).data)


class _DaySerializer(serializers.Serializer[Any]):
    on = serializers.DateField(required=False)


class DatedRuleSerializer(serializers.Serializer[Any]):
    """A figure as it was announced: basis points for shares, fen for sums, 1 or 0 for yes or no.
    It holds until the next one begins."""

    value = serializers.IntegerField()
    starts_on = serializers.DateField()
    announced_on = serializers.DateField(allow_null=True)
    announcement = serializers.CharField(source="source")
    checked_on = serializers.DateField()


class RuleFigureSerializer(serializers.Serializer[Any]):
    """What holds of one rule; an empty product source means all. `next`: what comes after it."""

    rule = serializers.ChoiceField(DatedKind.choices, source="row.kind")
    product_source = serializers.ChoiceField(ProductSource.choices, source="row.product_source")
    now = DatedRuleSerializer(source="row")
    next = DatedRuleSerializer(allow_null=True)


class DatedRuleListView(generics.GenericAPIView[DatedRule]):
    """Ceilings and thresholds of the platform, as of a day."""

    permission_classes = (AllowAny,)
    pagination_class = None
    serializer_class = RuleFigureSerializer
    queryset = DatedRule.objects.none()

    @extend_schema(
        parameters=[OpenApiParameter("on", date, description="as of this day; today without it")],
        responses={200: RuleFigureSerializer(many=True)},
        auth=[],
    )
    def get(self, request: Request) -> Response:
        form = _DaySerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        day = form.validated_data.get("on") or clock.today()
        rows = DatedRule.objects.approved().order_by("kind", "starts_on", "pk")
        return Response(RuleFigureSerializer(figures_on(day, rows), many=True).data)


class ConsentSerializer(serializers.Serializer[Any]):
    """One's own consent. `number` is the version as it was read; it must be the one in force, or
    one that is announced."""

    id = serializers.IntegerField(read_only=True)
    document = serializers.ChoiceField(DocumentKind.choices, source="version.kind")
    number = serializers.IntegerField(source="version.number", min_value=1, max_value=30_000)
    given_at = serializers.DateTimeField(read_only=True)
    withdrawn_at = serializers.DateTimeField(
        source="withdrawal.at", read_only=True, allow_null=True, default=None
    )


class ConsentViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Consent]
):
    """What this person agreed to."""

    queryset = Consent.objects.none()
    serializer_class = ConsentSerializer

    def get_queryset(self) -> QuerySet[Consent]:
        mine = Consent.objects.visible_to(self.request.actor)
        return mine.select_related("version", "withdrawal")

    @writes(ConsentSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        form = ConsentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = form.validated_data["version"]
        version = Version.objects.filter(kind=wanted["kind"], number=wanted["number"]).first()
        current = selectors.documents_in_force().get(wanted["kind"])
        if version is None or current is None or version.number < current.number:
            raise Refused(unmet(_("This is not a version that can be agreed to now.")))
        services.give_consents(request.actor, versions=[version], ip_prefix=ip_prefix(request))
        made = self.get_queryset().standing().filter(version=version).latest("pk")
        return Response(ConsentSerializer(made).data, status=201)

    @writes(ConsentSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take the consent back."""
        consent = self.get_object()
        services.withdraw_consent(request.actor, consent=consent, ip_prefix=ip_prefix(request))
        return Response(ConsentSerializer(self.get_queryset().get(pk=consent.pk)).data)
