"""How this person is told, over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.actor import Actor
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.notices import rules, services
from portal.notices.fields import Wish
from portal.notices.models import NoticeChoice
from portal.notices.topics import topics


class ChoiceSerializer(serializers.Serializer[Any]):
    """A topic and the ways it is told. `mail`: now, digest or off; the inbox is always told."""

    topic = serializers.CharField(max_length=40)
    title = serializers.CharField(read_only=True)
    is_required = serializers.BooleanField(read_only=True)
    is_urgent = serializers.BooleanField(read_only=True)
    mail = serializers.CharField(max_length=6)
    sms = serializers.BooleanField()
    bot = serializers.BooleanField()


class ChoicesSerializer(serializers.Serializer[Any]):
    choices = ChoiceSerializer(many=True, max_length=50)  # type: ignore[call-arg]  # of the list


class ChoicesView(APIView):
    @extend_schema(operation_id="notice_choices")
    @reads(ChoicesSerializer)
    def get(self, request: Request) -> Response:
        """Every topic with what this person chose, or what holds unless they choose."""
        rules.can_choose_notices(request.actor).require()
        return Response(_answer(request.actor))

    @writes(ChoicesSerializer)
    @idempotent
    def put(self, request: Request) -> Response:
        """Choose for the named topics; the others stay."""
        given = ChoicesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wishes = [
            Wish(one["topic"], one["mail"], sms=one["sms"], bot=one["bot"])
            for one in given.validated_data["choices"]
        ]
        services.choose_notices(request.actor, wishes=wishes)
        return Response(_answer(request.actor))


def _answer(actor: Actor) -> dict[str, Any]:
    chosen = {row.topic: row for row in NoticeChoice.objects.filter(user=actor.user)}
    rows = []
    for topic in topics():
        how = chosen.get(topic.name, services.default_wish(topic))
        rows.append(
            {
                "topic": topic.name,
                "title": str(topic.title),
                "is_required": topic.is_required,
                "is_urgent": topic.is_urgent,
                "mail": topic.mail if topic.is_required else how.mail,
                "sms": how.sms,
                "bot": how.bot,
            }
        )
    return ChoicesSerializer({"choices": rows}).data
