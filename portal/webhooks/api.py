"""Webhooks over the API. They are made, and their secrets changed, on the site only, where a secret
is shown once: no answer that is kept for repeats holds one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from portal.webhooks import catalogue, rules, services
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Webhook, WebhookDelivery


class WebhookSerializer(serializers.Serializer[Any]):
    """A webhook, without its secret. `pause` says why it is paused, where it is."""

    id = serializers.UUIDField(read_only=True)
    party = serializers.IntegerField(source="party_id", read_only=True)
    url = serializers.CharField(max_length=500)
    events = serializers.ListField(child=serializers.CharField(max_length=60), max_length=100)
    status = serializers.CharField(read_only=True)
    pause = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    delivered_at = serializers.DateTimeField(read_only=True, allow_null=True)
    failing_since = serializers.DateTimeField(read_only=True, allow_null=True)


class AttemptSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    answer = serializers.CharField()
    problem = serializers.CharField()
    milliseconds = serializers.IntegerField()


class WebhookDeliverySerializer(serializers.Serializer[Any]):
    """One event on its way to one webhook."""

    id = serializers.UUIDField()
    webhook = serializers.UUIDField(source="webhook_id")
    message_id = serializers.CharField(source="event.message_id")
    type = serializers.CharField(source="event.type")
    payload = serializers.JSONField(source="event.data")
    state = serializers.CharField()
    tries = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    next_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    attempts = AttemptSerializer(many=True)


class EventTypeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    title = serializers.CharField()
    example = serializers.DictField()


class EventTypesView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="webhook_events_list", responses=EventTypeSerializer(many=True), auth=[]
    )
    def get(self, request: Request) -> Response:
        """The catalogue: every type of event with an example of its data."""
        rows = [
            {"name": event.name, "title": str(event.title), "example": event.example}
            for event in catalogue.events()
        ]
        return Response(EventTypeSerializer(rows, many=True).data)


class WebhookViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Webhook]
):
    """The acting party's webhooks."""

    queryset = Webhook.objects.none()
    serializer_class = WebhookSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Webhook]:
        mine = Webhook.objects.visible_to(self.request.actor)
        if self.request.actor.party is not None:
            rules.can_see_webhooks(self.request.actor, self.request.actor.party).require()
        return mine.select_related("party")

    @writes(WebhookSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Another address, or other events."""
        webhook = self.get_object()
        given = WebhookSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = WebhookFields(**given.validated_data)
        changed = services.change_webhook(request.actor, webhook=webhook, fields=fields)
        return Response(WebhookSerializer(changed).data)

    @writes(WebhookDeliverySerializer, status=201, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def test(self, request: Request, pk: str) -> Response:
        """Send a `webhook.test`."""
        sent = services.send_test(request.actor, webhook=self.get_object())
        return Response(WebhookDeliverySerializer(sent).data, status=201)

    @writes(WebhookSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def pause(self, request: Request, pk: str) -> Response:
        """Send nothing for the time being."""
        webhook = services.pause_webhook(request.actor, webhook=self.get_object())
        return Response(WebhookSerializer(webhook).data)

    @writes(WebhookSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def resumption(self, request: Request, pk: str) -> Response:
        """Send again."""
        webhook = services.resume_webhook(request.actor, webhook=self.get_object())
        return Response(WebhookSerializer(webhook).data)

    @writes(WebhookSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def end(self, request: Request, pk: str) -> Response:
        """End it for good."""
        webhook = services.end_webhook(request.actor, webhook=self.get_object())
        return Response(WebhookSerializer(webhook).data)


class DeliveryViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[WebhookDelivery]
):
    """What was sent to the acting party's webhooks, and how each try went."""

    queryset = WebhookDelivery.objects.none()
    serializer_class = WebhookDeliverySerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        if self.request.actor.party is not None:
            rules.can_see_webhooks(self.request.actor, self.request.actor.party).require()
        mine = WebhookDelivery.objects.visible_to(self.request.actor)
        return mine.select_related("webhook__party", "event").prefetch_related("attempts")

    @writes(WebhookDeliverySerializer, status=201, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def replay(self, request: Request, pk: str) -> Response:
        """Send the same event once more."""
        again = services.replay_delivery(request.actor, delivery=self.get_object())
        return Response(WebhookDeliverySerializer(again).data, status=201)
