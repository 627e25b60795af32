"""Who signs for the acting party."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.forms import MAX_FEN
from portal.revenue import selectors, services
from portal.revenue.fields import PowerFields
from portal.revenue.models import SigningPower
from portal.revenue.states import PaperRole


class NewPowerSerializer(serializers.Serializer[Any]):
    """`papers`: none for all kinds. Limits: null for none. `ends_on` is the day after the last."""

    person = serializers.IntegerField(min_value=1, source="person_id")
    papers = serializers.ListField(child=serializers.ChoiceField(PaperRole.choices), default=list)
    most_bp = serializers.IntegerField(min_value=0, max_value=10_000, allow_null=True, default=None)
    most_fen = serializers.IntegerField(
        min_value=0, max_value=MAX_FEN, allow_null=True, default=None
    )
    may_seal = serializers.BooleanField(default=False)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, default=None)
    letter = serializers.CharField(max_length=60, allow_blank=True, default="")


class PowerSerializer(NewPowerSerializer):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    given_at = serializers.DateTimeField(read_only=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)


class SignerViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SigningPower]
):
    """Powers to sign for the acting party, also those that were taken back. Where one stands, only
    the owner and who is named sign; else the owner and managers."""

    queryset = SigningPower.objects.none()
    serializer_class = PowerSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[SigningPower]:
        return selectors.powers_of(self.request.actor)

    @writes(PowerSerializer, status=201, request=NewPowerSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Name somebody who speaks for the party."""
        form = NewPowerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        power = services.name_signer(request.actor, fields=PowerFields(**form.validated_data))
        return Response(PowerSerializer(power).data, status=201)

    @writes(PowerSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def ending(self, request: Request, pk: str) -> Response:
        """Take it back; what they signed stays signed."""
        power = services.end_power(request.actor, power=self.get_object())
        return Response(PowerSerializer(power).data)
