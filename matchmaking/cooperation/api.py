from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation import services
from matchmaking.cooperation.models import Cooperation
from portal.core.api.schema import audited_read


class CooperationSerializer(serializers.Serializer[Any]):
    """Money in fen, shares in basis points. `ends_on` is the day after the last one."""

    id = serializers.IntegerField()
    merchant = serializers.IntegerField(source="merchant_id")
    merchant_name = serializers.CharField(source="merchant.name")
    provider = serializers.IntegerField(source="provider_id")
    provider_name = serializers.CharField(source="provider.name")
    door = serializers.CharField()
    title = serializers.CharField()
    scope = serializers.CharField()
    team = serializers.CharField()
    gmv_target_fen = serializers.IntegerField(allow_null=True)
    monthly_fee_fen = serializers.IntegerField()
    share_bp = serializers.IntegerField()
    ladder = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    status = serializers.CharField()
    agreed_at = serializers.DateTimeField()


class ContactSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    phone = serializers.CharField()


class CooperationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Cooperation]
):
    """The acting party's cooperations."""

    queryset = Cooperation.objects.none()
    serializer_class = CooperationSerializer

    def get_queryset(self) -> QuerySet[Cooperation]:
        mine = Cooperation.objects.visible_to(self.request.actor)
        return mine.select_related("merchant", "provider")

    @audited_read(ContactSerializer)
    @action(detail=True, methods=["post"])
    def contact(self, request: Request, pk: str) -> Response:
        """The other side's contact. Each look is written down, so it takes no Idempotency-Key."""
        contact = services.reveal_contact(request.actor, cooperation=self.get_object())
        return Response(ContactSerializer(contact).data)
