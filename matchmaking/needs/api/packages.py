"""Packages over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation.api import LadderSerializer
from matchmaking.needs import rules, selectors, services
from matchmaking.needs.api.proposals import ProposalSerializer
from matchmaking.needs.fields import ServiceOfferFields
from matchmaking.needs.models import ServiceOffer
from portal.core.api.fields import IdsField
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.web import whole_number
from portal.parties.models import ServiceType


class ServiceOfferFieldsSerializer(LadderSerializer):
    """A package. `answer_hours`: working hours within which an order is answered; `most_open`: the
    orders that may wait or run at once; `service_level` becomes a term of the cooperation."""

    title = serializers.CharField(max_length=60)
    scope = serializers.CharField(max_length=3000)
    service_level = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, default=""
    )
    services = IdsField(queryset=ServiceType.objects.all(), required=False, default=list)
    term_months = serializers.IntegerField(min_value=1, max_value=36)
    lead_days = serializers.IntegerField(min_value=0, max_value=90)
    answer_hours = serializers.IntegerField(min_value=1, max_value=45)
    most_open = serializers.IntegerField(min_value=1, max_value=999)

    def service_offer_fields(self) -> ServiceOfferFields:
        data = dict(self.validated_data)
        data.pop("version", None)
        return ServiceOfferFields(service_ids=data.pop("services"), **data)


class ServiceOfferChangeSerializer(ServiceOfferFieldsSerializer):
    """`version`: the one this change was made from."""

    version = serializers.IntegerField(min_value=1)


class ServiceOfferSerializer(ServiceOfferFieldsSerializer):
    id = serializers.IntegerField()
    provider = serializers.IntegerField(source="provider_id")
    provider_name = serializers.CharField(source="provider.name")
    status = serializers.CharField()
    version = serializers.IntegerField()


class OrderSerializer(serializers.Serializer[Any]):
    """An order on the terms of `version`."""

    version = serializers.IntegerField(min_value=1)
    note = serializers.CharField(max_length=3000, required=False, allow_blank=True, default="")


class ServiceOfferViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ServiceOffer]
):
    """Packages that are ordered in one step."""

    queryset = ServiceOffer.objects.none()
    serializer_class = ServiceOfferSerializer

    def get_queryset(self) -> QuerySet[ServiceOffer]:
        actor, asked = self.request.actor, self.request.query_params
        if self.action == "list":
            return selectors.service_offers_for(
                actor,
                is_ours=asked.get("view") == "ours",
                service=whole_number(asked.get("service", "")),
            )
        seen = ServiceOffer.objects.visible_to(actor)
        return seen.select_related("provider").prefetch_related("services")

    @reads(
        ServiceOfferSerializer(many=True),
        OpenApiParameter("view", str, enum=["shown", "ours"]),
        OpenApiParameter("service", int),
    )
    def list(self, request: Request) -> Response:
        return super().list(request)

    @writes(ServiceOfferSerializer, status=201, request=ServiceOfferFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        rules.can_create_service_offer(request.actor).require()
        form = ServiceOfferFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.create_service_offer(request.actor, fields=form.service_offer_fields())
        return Response(ServiceOfferSerializer(made).data, status=201)

    @writes(ServiceOfferSerializer, request=ServiceOfferChangeSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        offer = self.get_object()
        rules.can_edit_service_offer(request.actor, offer).require()
        form = ServiceOfferChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        offer.version = form.validated_data["version"]
        done = services.update_service_offer(
            request.actor, offer=offer, fields=form.service_offer_fields()
        )
        return Response(ServiceOfferSerializer(done).data)

    @writes(ServiceOfferSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def showing(self, request: Request, pk: str) -> Response:
        """Let merchants order it."""
        done = services.show_service_offer(request.actor, offer=self.get_object())
        return Response(ServiceOfferSerializer(done).data)

    @writes(ServiceOfferSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def hiding(self, request: Request, pk: str) -> Response:
        """Take it back; what was ordered goes on."""
        done = services.hide_service_offer(request.actor, offer=self.get_object())
        return Response(ServiceOfferSerializer(done).data)

    @writes(ProposalSerializer, status=201, request=OrderSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def orders(self, request: Request, pk: str) -> Response:
        """Order it. The provider answers by `/proposals/<id>/agreement/`, `/offers/` or
        `/withdrawal/`."""
        offer = self.get_object()
        rules.can_order_service_offer(request.actor, offer).require()
        form = OrderSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.order_service_offer(request.actor, offer=offer, **form.validated_data)
        context = self.get_serializer_context()
        return Response(ProposalSerializer(made, context=context).data, status=201)
