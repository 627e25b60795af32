"""Samples over the API: one's own, from both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation.models import Cooperation
from matchmaking.samples import selectors, services
from matchmaking.samples.fields import AddressFields, ParcelFields, SampleFields
from matchmaking.samples.models import Sample
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import audited_read, writes


class AddressSerializer(serializers.Serializer[Any]):
    """Where a parcel goes. `region`: province and city, which the other side sees at once."""

    name = serializers.CharField(max_length=40)
    phone = serializers.CharField(max_length=20)
    region = serializers.CharField(max_length=40)
    street = serializers.CharField(max_length=120)


class SampleSerializer(serializers.Serializer[Any]):
    """`masked`: the address, half of it. `due_on`: by when it is shown."""

    id = serializers.UUIDField()
    cooperation = serializers.IntegerField(source="cooperation_id")
    product = serializers.CharField(help_text="As it was called when it was asked for.")
    product_id = serializers.IntegerField(source="goods_id", allow_null=True)
    quantity = serializers.IntegerField()
    note = serializers.CharField()
    masked = serializers.CharField()
    post_days = serializers.IntegerField()
    status = serializers.CharField()
    requested_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    ship_by = serializers.DateField(allow_null=True)
    carrier = serializers.CharField()
    tracking = serializers.CharField()
    shipped_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    post_url = serializers.CharField()
    posted_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class NewSampleSerializer(serializers.Serializer[Any]):
    cooperation = serializers.IntegerField(min_value=1, max_value=2**31)
    product_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    quantity = serializers.IntegerField(min_value=1, max_value=999)
    post_days = serializers.IntegerField(min_value=1, max_value=90)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    address = AddressSerializer()


class ParcelSerializer(serializers.Serializer[Any]):
    carrier = serializers.CharField(max_length=40)
    tracking = serializers.CharField(max_length=40)


class SampleReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class SamplePostSerializer(serializers.Serializer[Any]):
    post_url = serializers.CharField(max_length=300)


class SampleViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Sample]
):
    """The samples of the acting party's cooperations."""

    queryset = Sample.objects.none()
    serializer_class = SampleSerializer

    def get_queryset(self) -> QuerySet[Sample]:
        return selectors.samples_of(self.request.actor)

    @writes(SampleSerializer, status=201, request=NewSampleSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Ask for a sample; the merchant has seven days."""
        given = _given(NewSampleSerializer, request)
        mine = Cooperation.objects.visible_to(request.actor)
        cooperation = get_object_or_404(mine, pk=given.pop("cooperation"))
        address = AddressFields(**given.pop("address"))
        made = services.request_sample(
            request.actor, cooperation=cooperation, fields=SampleFields(address=address, **given)
        )
        return Response(SampleSerializer(made).data, status=201)

    @audited_read(AddressSerializer)
    @action(detail=True, methods=["post"])
    def address(self, request: Request, pk: str) -> Response:
        """Where the parcel goes. Each look is written down, so it takes no Idempotency-Key."""
        found = services.reveal_address(request.actor, sample=self.get_object())
        return Response(AddressSerializer(found).data)

    @writes(SampleSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, pk: str) -> Response:
        """It will be sent within three working days."""
        return self._step(services.approve_sample)

    @writes(SampleSerializer, request=SampleReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """No, with a reason."""
        return self._step(services.decline_sample, **_given(SampleReasonSerializer, request))

    @writes(SampleSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Not needed any more."""
        return self._step(services.withdraw_sample)

    @writes(SampleSerializer, request=ParcelSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def shipment(self, request: Request, pk: str) -> Response:
        """Sent, with carrier and tracking number."""
        parcel = ParcelFields(**_given(ParcelSerializer, request))
        return self._step(services.ship_sample, parcel=parcel)

    @writes(SampleSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def receipt(self, request: Request, pk: str) -> Response:
        """It has arrived; the days for the post run."""
        return self._step(services.receive_sample)

    @writes(SampleSerializer, request=SampleReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def loss(self, request: Request, pk: str) -> Response:
        """It never arrived."""
        return self._step(services.lose_sample, **_given(SampleReasonSerializer, request))

    @writes(SampleSerializer, request=SamplePostSerializer)
    @action(detail=True, methods=["post"], url_path="post", url_name="post")
    @idempotent
    def show(self, request: Request, pk: str) -> Response:
        """It was shown, and where."""
        return self._step(services.post_sample, **_given(SamplePostSerializer, request))

    @writes(SampleSerializer, request=SampleReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def waiver(self, request: Request, pk: str) -> Response:
        """The merchant asks for no post after all."""
        return self._step(services.waive_post, **_given(SampleReasonSerializer, request))

    def _step(self, service: Callable[..., Sample], **given: Any) -> Response:
        done = service(self.request.actor, sample=self.get_object(), **given)
        return Response(SampleSerializer(done).data)


def _given(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
