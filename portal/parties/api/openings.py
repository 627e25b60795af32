"""When a shop was opened, over the API: its party's word, and operators' answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import reads, writes
from portal.parties import rules, services
from portal.parties.api.accounts import MOST_SHOWN
from portal.parties.models import OwnedAccount, Party, ShopOpening
from portal.parties.states import OpeningSource, OpeningStatus, Platform


class OpeningSerializer(serializers.Serializer[Any]):
    """A day of opening that was said of a shop. One that is `verified` counts."""

    id = serializers.UUIDField(read_only=True)
    shop = serializers.CharField(source="account.handle", read_only=True)
    opened_on = serializers.DateField()
    known_by = serializers.ChoiceField(OpeningSource.values, source="source", read_only=True)
    note = serializers.CharField(read_only=True, help_text="Where an operator saw it.")
    status = serializers.ChoiceField(OpeningStatus.values, read_only=True)
    reason = serializers.CharField(read_only=True)
    said_at = serializers.DateTimeField(read_only=True)
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
    screenshot = serializers.UUIDField(
        write_only=True, help_text="An upload of yours for the purpose account-proof."
    )


class OpeningsView(generics.GenericAPIView[OwnedAccount]):
    """What was said of the opening of a shop of your party, the newest first."""

    serializer_class = OpeningSerializer
    queryset = OwnedAccount.objects.none()

    @reads(OpeningSerializer(many=True))
    def get(self, request: Request, pk: uuid.UUID) -> Response:
        openings = self._shop(request, pk).openings.order_by("-said_at").select_related("account")
        return Response(OpeningSerializer(openings[:MOST_SHOWN], many=True).data)

    @writes(OpeningSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Say when the shop was opened; a person looks at the picture."""
        shop = self._shop(request, pk)
        rules.can_say_opening(request.actor, shop).require()
        form = OpeningSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = services.say_opening(request.actor, account=shop, **form.validated_data)
        return Response(OpeningSerializer(said).data, status=201)

    def _shop(self, request: Request, pk: uuid.UUID) -> OwnedAccount:
        shops = OwnedAccount.objects.visible_to(request.actor).filter(platform=Platform.SHOP)
        return get_object_or_404(shops.select_related("party"), pk=pk)


class OpeningWithdrawalView(generics.GenericAPIView[ShopOpening]):
    serializer_class = OpeningSerializer
    queryset = ShopOpening.objects.none()

    @writes(OpeningSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Take a day back that nobody has answered yet."""
        mine = OwnedAccount.objects.visible_to(request.actor)
        openings = ShopOpening.objects.filter(account__in=mine).select_related("account__party")
        opening = get_object_or_404(openings, pk=pk)
        taken = services.withdraw_opening(request.actor, opening=opening)
        return Response(OpeningSerializer(taken).data)


# --- operators ------------------------------------------------------------------------------------


class WaitingOpeningSerializer(OpeningSerializer):
    """The same, with whose shop it is."""

    party = serializers.IntegerField(source="account.party_id", read_only=True)
    party_name = serializers.CharField(source="account.party.name", read_only=True)


class OpeningReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, help_text="The party reads this sentence.")


class LookedUpSerializer(serializers.Serializer[Any]):
    opened_on = serializers.DateField()
    note = serializers.CharField(max_length=rules.LONGEST_NOTE, help_text="Where the day was seen.")


class LongestWaitingOpening(NewestFirst):
    ordering = "said_at"


class WaitingOpeningsView(generics.ListAPIView[ShopOpening]):
    """Opening days in the operator's regions that wait for an answer, the longest waiting first."""

    serializer_class = WaitingOpeningSerializer
    pagination_class = LongestWaitingOpening
    queryset = ShopOpening.objects.none()

    def get_queryset(self) -> QuerySet[ShopOpening]:
        return _openings(self.request).to_check()

    @reads(WaitingOpeningSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.list(request)


class OpeningVerificationView(generics.GenericAPIView[ShopOpening]):
    serializer_class = WaitingOpeningSerializer
    queryset = ShopOpening.objects.none()

    @writes(WaitingOpeningSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """The picture shows the day: it counts from now on."""
        opening = get_object_or_404(_openings(request), pk=pk)
        verified = services.verify_opening(request.actor, opening=opening)
        return Response(WaitingOpeningSerializer(verified).data)


class OpeningRefusalView(generics.GenericAPIView[ShopOpening]):
    serializer_class = WaitingOpeningSerializer
    queryset = ShopOpening.objects.none()

    @writes(WaitingOpeningSerializer, request=OpeningReasonSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """The picture does not show it, with the sentence the party reads."""
        opening = get_object_or_404(_openings(request), pk=pk)
        form = OpeningReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        refused = services.refuse_opening(request.actor, opening=opening, **form.validated_data)
        return Response(WaitingOpeningSerializer(refused).data)


class LookedUpOpeningView(generics.GenericAPIView[ShopOpening]):
    serializer_class = WaitingOpeningSerializer
    queryset = ShopOpening.objects.none()

    @writes(WaitingOpeningSerializer, status=201, request=LookedUpSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Enter the day of a proven shop that you have looked up; `pk` is the shop's."""
        _answers(request)
        mine = Party.objects.in_scope_of(request.user)
        shops = OwnedAccount.objects.filter(party__in=mine, platform=Platform.SHOP)
        account = get_object_or_404(shops.select_related("party__city"), pk=pk)
        form = LookedUpSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        opening = services.set_opening(request.actor, account=account, **form.validated_data)
        return Response(WaitingOpeningSerializer(opening).data, status=201)


def _openings(request: Request) -> Any:
    """Those of the operator's regions; who answers none is told so."""
    _answers(request)
    mine = Party.objects.in_scope_of(request.user)
    openings = ShopOpening.objects.filter(account__party__in=mine)
    return openings.select_related("account__party__city")


def _answers(request: Request) -> None:
    rules.may_answer_openings(request.actor).require()
