"""Accounts and shops elsewhere, and where a party is paid, over the API."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import rules, services
from portal.parties.api.documents import OwnPartyView
from portal.parties.fields import OwnedFields, PayoutFields
from portal.parties.models import OwnedAccount, PayoutAccount
from portal.parties.states import OwnedStatus, PayoutStatus, Platform

MOST_SHOWN = 100


class OwnedAccountSerializer(serializers.Serializer[Any]):
    """An account or shop the party has named."""

    id = serializers.UUIDField(read_only=True)
    platform = serializers.ChoiceField(Platform.values)
    handle = serializers.CharField(max_length=60, help_text="Its number there.")
    name = serializers.CharField(max_length=60)
    code = serializers.CharField(read_only=True, help_text="To be put into its profile.")
    status = serializers.ChoiceField(OwnedStatus.values, read_only=True)
    reason = serializers.CharField(read_only=True)
    lasts_until = serializers.DateTimeField(
        read_only=True, help_text="Of the code, then of the proof."
    )


class PlacementSerializer(serializers.Serializer[Any]):
    screenshot = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="An upload of yours for the purpose account-proof; without it, the code is "
        "in the profile.",
    )


class OwnedAccountsView(OwnPartyView):
    """The accounts and shops a party has named, the newest first."""

    serializer_class = OwnedAccountSerializer

    @reads(OwnedAccountSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        named = OwnedAccount.objects.filter(party=self.party(request, pk)).order_by("-claimed_at")
        return Response(OwnedAccountSerializer(named[:MOST_SHOWN], many=True).data)

    @writes(OwnedAccountSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Name one; the answer has the code to place."""
        party = self.party(request, pk)
        rules.can_claim_account(request.actor, party).require()
        form = OwnedAccountSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        account = services.claim_account(
            request.actor, party=party, fields=OwnedFields(**form.validated_data)
        )
        return Response(OwnedAccountSerializer(account).data, status=201)


class OwnOwnedAccountView(generics.GenericAPIView[Any]):
    """Something of an account of one's own party."""

    serializer_class = OwnedAccountSerializer
    queryset = OwnedAccount.objects.none()

    def account(self, request: Request, pk: uuid.UUID) -> OwnedAccount:
        mine = OwnedAccount.objects.visible_to(request.actor).select_related("party")
        return get_object_or_404(mine, pk=pk)


class OwnedPlacementView(OwnOwnedAccountView):
    @writes(OwnedAccountSerializer, request=PlacementSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Say that the profile shows the code, or hand in a screenshot."""
        account = self.account(request, pk)
        rules.can_place_proof(request.actor, account).require()
        form = PlacementSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        placed = services.place_proof(
            request.actor, account=account, screenshot=form.validated_data["screenshot"]
        )
        return Response(OwnedAccountSerializer(placed).data)


class OwnedReleaseView(OwnOwnedAccountView):
    @writes(OwnedAccountSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Give it up; another party may prove it then."""
        released = services.release_account(request.actor, account=self.account(request, pk))
        return Response(OwnedAccountSerializer(released).data)


class PayoutInSerializer(serializers.Serializer[Any]):
    bank = serializers.CharField(max_length=60)
    branch = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    holder = serializers.CharField(max_length=80, help_text="The registered name.")
    number = serializers.CharField(max_length=40)
    consents = serializers.BooleanField(help_text="To keeping the number.")
    bank_code = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        default="",
        help_text="Of a firm's branch: 12 digits.",
    )


class PayoutSerializer(serializers.Serializer[Any]):
    """Masked: nobody reads the number back."""

    id = serializers.UUIDField()
    bank = serializers.CharField()
    branch = serializers.CharField()
    bank_code = serializers.CharField()
    holder = serializers.CharField()
    masked_number = serializers.CharField()
    status = serializers.ChoiceField(PayoutStatus.values)
    reason = serializers.CharField()
    entered_at = serializers.DateTimeField()
    held_until = serializers.DateTimeField(allow_null=True)


class PayoutsView(OwnPartyView):
    """Where the party is paid; for its owner and finance people, signed in themselves."""

    serializer_class = PayoutSerializer

    @reads(PayoutSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        party = self.party(request, pk)
        rules.can_see_payout(request.actor, party).require()
        accounts = PayoutAccount.objects.filter(party=party).order_by("-entered_at")
        return Response(PayoutSerializer(accounts[:MOST_SHOWN], many=True).data)

    @writes(PayoutSerializer, status=201, request=PayoutInSerializer)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Enter an account; a second person confirms it."""
        party = self.party(request, pk)
        rules.can_enter_payout(request.actor, party).require()
        form = PayoutInSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        account = services.enter_payout(
            request.actor, party=party, fields=PayoutFields(**form.validated_data)
        )
        return Response(PayoutSerializer(account).data, status=201)


class OwnPayoutView(generics.GenericAPIView[Any]):
    """Something of an account one's own party is to be paid to."""

    serializer_class = PayoutSerializer
    queryset = PayoutAccount.objects.none()

    def account(self, request: Request, pk: uuid.UUID) -> PayoutAccount:
        mine = PayoutAccount.objects.visible_to(request.actor).select_related("party")
        return get_object_or_404(mine, pk=pk)


class PayoutConfirmationView(OwnPayoutView):
    @writes(PayoutSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Confirm what another person entered."""
        account = services.confirm_payout(request.actor, account=self.account(request, pk))
        return Response(PayoutSerializer(account).data)


class PayoutReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class PayoutRefusalView(OwnPayoutView):
    @writes(PayoutSerializer, request=PayoutReasonSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Refuse what another person entered."""
        account = self.account(request, pk)
        rules.can_confirm_payout(request.actor, account).require()
        form = PayoutReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        refused = services.refuse_payout(request.actor, account=account, **form.validated_data)
        return Response(PayoutSerializer(refused).data)


class PayoutWithdrawalView(OwnPayoutView):
    @writes(PayoutSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Take back what waits for its second person."""
        account = services.withdraw_payout(request.actor, account=self.account(request, pk))
        return Response(PayoutSerializer(account).data)
