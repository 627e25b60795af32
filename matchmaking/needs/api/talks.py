"""Contacts and calls over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import rules, selectors, services
from matchmaking.needs.fields import CallFields
from matchmaking.needs.models import MINUTES, Talk
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes


class TalkNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(
        max_length=rules.MOST_NOTE, required=False, allow_blank=True, default=""
    )


class CallTimesSerializer(TalkNoteSerializer):
    """One to three times, from half an hour to 60 days ahead."""

    times = serializers.ListField(child=serializers.DateTimeField(), min_length=1, max_length=3)
    minutes = serializers.ChoiceField([(n, str(n)) for n in MINUTES], default=30)


class CallFieldsSerializer(CallTimesSerializer):
    """Without `link` both sides ring each other, and a yes shows their contacts."""

    link = serializers.CharField(
        max_length=rules.MOST_LINK, required=False, allow_blank=True, default=""
    )


class SeenTalkSerializer(serializers.Serializer[Any]):
    """The version one has read; of a call, the time one chooses."""

    version = serializers.IntegerField(min_value=1)
    at = serializers.DateTimeField(required=False, default=None, allow_null=True)


class TalkRefusalSerializer(TalkNoteSerializer):
    version = serializers.IntegerField(min_value=1)


class OtherTimesSerializer(CallTimesSerializer):
    version = serializers.IntegerField(min_value=1)


class BidContactSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    phone = serializers.CharField()


class TalkSerializer(serializers.Serializer[Any]):
    """`times`: what `asked_by` suggests and the other side answers until `answer_by`; `starts_at`:
    what is agreed. `link` is empty until both have agreed."""

    id = serializers.UUIDField()
    proposal = serializers.IntegerField(source="proposal_id")
    kind = serializers.CharField()
    status = serializers.CharField()
    asked_by = serializers.CharField()
    version = serializers.IntegerField()
    times = serializers.ListField(child=serializers.DateTimeField())
    minutes = serializers.IntegerField(allow_null=True)
    link = serializers.SerializerMethodField()
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    answer_by = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)

    def get_link(self, talk: Talk) -> str:
        return talk.link if rules.may_read_link(talk) else ""


class TalkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Talk]):
    """Exchanges of contacts and calls of the acting party's proposals, newest first."""

    queryset = Talk.objects.none()
    serializer_class = TalkSerializer
    pagination_field = "created_at"

    def get_queryset(self) -> QuerySet[Talk]:
        return selectors.talks_for(self.request.actor)

    @writes(TalkSerializer, request=SeenTalkSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def agreement(self, request: Request, pk: str) -> Response:
        """Say yes: to exchange contacts, or to a call `at` one of the times suggested."""
        talk = self.get_object()
        rules.can_answer_talk(request.actor, talk).require()
        data = _sound(SeenTalkSerializer, request)
        return _shown(services.agree_talk(request.actor, talk=talk, **data))

    @writes(TalkSerializer, request=TalkRefusalSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Say no; a call that is booked stays at its hour."""
        talk = self.get_object()
        rules.can_answer_talk(request.actor, talk).require()
        data = _sound(TalkRefusalSerializer, request)
        return _shown(services.decline_talk(request.actor, talk=talk, **data))

    @writes(TalkSerializer, request=OtherTimesSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def times(self, request: Request, pk: str) -> Response:
        """Suggest other times; one that is booked stands meanwhile."""
        talk = self.get_object()
        rules.can_suggest_times(request.actor, talk).require()
        data = _sound(OtherTimesSerializer, request)
        seen = data.pop("version")
        fields = CallFields(**data)
        return _shown(services.suggest_times(request.actor, talk=talk, fields=fields, version=seen))

    @writes(TalkSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take back what one asked last."""
        return _shown(services.withdraw_talk(request.actor, talk=self.get_object()))

    @writes(TalkSerializer, request=TalkNoteSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def cancellation(self, request: Request, pk: str) -> Response:
        """Call a booked call off."""
        talk = self.get_object()
        rules.can_cancel_talk(request.actor, talk).require()
        data = _sound(TalkNoteSerializer, request)
        return _shown(services.cancel_talk(request.actor, talk=talk, **data))


def _sound(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def _shown(talk: Talk) -> Response:
    return Response(TalkSerializer(talk).data)
