"""Introductions over the API: one's own, from both sides."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.brokerage import rules, selectors, services
from matchmaking.brokerage.fields import IntroductionFields
from matchmaking.brokerage.models import Introduction
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.forms import MAX_FEN
from portal.parties.models import Party
from portal.parties.states import PartyKind


class IntroductionSerializer(serializers.Serializer[Any]):
    """A wish to work with a represented creator. Money is fen in all."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    creator = serializers.IntegerField(source="creator_id", min_value=1, max_value=2**31)
    asker = serializers.IntegerField(source="asker_id", read_only=True)
    subject = serializers.CharField(max_length=60)
    brief = serializers.CharField(max_length=3000)
    budget_fen = serializers.IntegerField(min_value=1, max_value=MAX_FEN)
    wanted_by = serializers.DateField()
    status = serializers.CharField(read_only=True)
    reason = serializers.CharField(read_only=True)
    outcome = serializers.CharField(read_only=True)
    gmv_fen = serializers.IntegerField(read_only=True, allow_null=True)
    contract = serializers.UUIDField(source="contract_id", read_only=True, allow_null=True)
    signed_on = serializers.DateField(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(read_only=True)
    changed_at = serializers.DateTimeField(read_only=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)


class IntroductionAnswerSerializer(serializers.Serializer[Any]):
    agrees = serializers.BooleanField()
    reason = serializers.CharField(
        max_length=300, required=False, allow_blank=True, default="", help_text=_("With a no.")
    )


class IntroductionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Introduction]
):
    """The introductions of the party one speaks for."""

    queryset = Introduction.objects.none()
    serializer_class = IntroductionSerializer
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Introduction]:
        rows: QuerySet[Introduction] = selectors.introductions_of(self.request.actor)
        return rows

    @writes(IntroductionSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        rules.may_ask_at_all(request.actor).require()
        form = IntroductionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = dict(form.validated_data)
        listed = Party.objects.filter(kind=PartyKind.CREATOR).listed()
        creator = get_object_or_404(listed, pk=given.pop("creator_id"))
        row = services.ask_introduction(
            request.actor, creator=creator, fields=IntroductionFields(**given)
        )
        return Response(IntroductionSerializer(row).data, status=201)

    @writes(IntroductionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, public_id: str) -> Response:
        """Step back."""
        row = services.withdraw_introduction(request.actor, introduction=self.get_object())
        return Response(IntroductionSerializer(row).data)

    @writes(IntroductionSerializer, request=IntroductionAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, public_id: str) -> Response:
        """The creator's yes, or no with a reason."""
        row = self.get_object()
        form = IntroductionAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.answer_introduction(request.actor, introduction=row, **form.validated_data)
        return Response(IntroductionSerializer(done).data)
