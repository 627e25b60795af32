"""Chat bots and the log of messages, over the API; for people, not for keys."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from portal.notices import services
from portal.notices.fields import BotFields
from portal.notices.models import ChatBot, Delivery
from portal.notices.states import Channel


class BotSerializer(serializers.Serializer[Any]):
    """A chat bot, without its address and secret."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    name = serializers.CharField()
    host = serializers.CharField()
    party_id = serializers.IntegerField(allow_null=True)
    topics = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class NewBotSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(max_length=10)
    name = serializers.CharField(max_length=60)
    url = serializers.CharField(max_length=500)
    secret = serializers.CharField(max_length=200, allow_blank=True, default="")
    for_party = serializers.BooleanField(default=False)
    topics = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=50, default=list
    )


class DeliverySerializer(serializers.Serializer[Any]):
    """A message. Without an outcome it is still under way."""

    id = serializers.IntegerField()
    channel = serializers.CharField()
    bot = serializers.UUIDField(source="bot_id", allow_null=True)
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)
    problem = serializers.CharField(allow_blank=True)


class BotViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ChatBot]
):
    """Chat bots of this person, and of the party they manage."""

    queryset = ChatBot.objects.none()
    serializer_class = BotSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[ChatBot]:
        return ChatBot.objects.visible_to(self.request.actor)

    @writes(BotSerializer, status=201, request=NewBotSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Add the robot of a chat."""
        given = NewBotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        bot = services.make_bot(request.actor, fields=BotFields(**given.validated_data))
        return Response(BotSerializer(bot).data, status=201)

    @writes(DeliverySerializer, status=201, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def test(self, request: Request, pk: str) -> Response:
        """Send a test into the chat."""
        bot = self.get_object()
        sent = services.send_test(request.actor, channel=Channel.BOT, bot=bot)
        return Response(DeliverySerializer(sent).data, status=201)

    @writes(BotSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def end(self, request: Request, pk: str) -> Response:
        """It hears nothing more."""
        bot = services.end_bot(request.actor, bot=self.get_object())
        return Response(BotSerializer(bot).data)


class DeliveryViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Delivery]):
    """Messages that went out to this person and to the chats of the party they manage."""

    queryset = Delivery.objects.none()
    serializer_class = DeliverySerializer

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.visible_to(self.request.actor)
