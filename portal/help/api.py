"""Questions to the platform over the API: one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.help import rules, selectors, services
from portal.help.fields import Question
from portal.help.limits import may_ask_again
from portal.help.models import Message, Ticket
from portal.help.states import Topic


class MessageSerializer(serializers.Serializer[Any]):
    """What one side said."""

    id = serializers.IntegerField(read_only=True)
    side = serializers.CharField(read_only=True)
    text = serializers.CharField(max_length=rules.MOST_TEXT)
    picture = serializers.UUIDField(source="picture_id", read_only=True, allow_null=True)
    at = serializers.DateTimeField(read_only=True)


class TicketSerializer(serializers.Serializer[Any]):
    """A question and its conversation. `text` is asked and not shown: it is the first message."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    number = serializers.CharField(read_only=True)
    topic = serializers.ChoiceField(Topic.choices)
    text = serializers.CharField(max_length=rules.MOST_TEXT, write_only=True)
    page = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    for_party = serializers.BooleanField(write_only=True, required=False, default=False)
    party = serializers.IntegerField(source="party_id", read_only=True, allow_null=True)
    status = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    rating = serializers.IntegerField(read_only=True, allow_null=True)
    messages = MessageSerializer(many=True, read_only=True)


class RatingSerializer(serializers.Serializer[Any]):
    stars = serializers.IntegerField(min_value=1, max_value=services.MOST_STARS)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class TicketViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Ticket]
):
    """This person's questions, and those of the party they speak for."""

    queryset = Ticket.objects.none()
    serializer_class = TicketSerializer
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Ticket]:
        said = Message.objects.filter(is_internal=False).order_by("pk")
        mine = selectors.tickets_of(self.request.actor)
        return mine.prefetch_related(Prefetch("messages", said))

    @writes(TicketSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        form = TicketSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        may_ask_again(request).require()
        ticket = services.ask_help(request.actor, question=Question(**form.validated_data))
        return Response(self._shown(ticket), status=201)

    @writes(TicketSerializer, status=201, request=MessageSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def messages(self, request: Request, public_id: str) -> Response:
        """Say more."""
        ticket = self.get_object()
        form = MessageSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.reply_ticket(request.actor, ticket=ticket, text=form.validated_data["text"])
        return Response(self._shown(ticket), status=201)

    @writes(TicketSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def resolution(self, request: Request, public_id: str) -> Response:
        """It is done."""
        ticket = services.resolve_ticket(request.actor, ticket=self.get_object())
        return Response(self._shown(ticket))

    @writes(TicketSerializer, request=RatingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def rating(self, request: Request, public_id: str) -> Response:
        """Rate the answer, once."""
        ticket = self.get_object()
        form = RatingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.rate_ticket(request.actor, ticket=ticket, **form.validated_data)
        return Response(self._shown(ticket))

    def _shown(self, ticket: Ticket) -> dict[str, Any]:
        return dict(TicketSerializer(self.get_queryset().get(pk=ticket.pk)).data)
