"""A party's own payouts for machines, and what it still has to do to be paid."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.ledger.rules import can_see_money
from portal.parties.models import Party
from portal.parties.rules import can_see_payout
from portal.payouts import rules, selectors, services
from portal.payouts.models import Item, TrialTransfer
from portal.payouts.states import ItemStatus, Readiness, Route, TrialStatus


class PayoutItemSerializer(serializers.Serializer[Any]):
    """One transfer. `key` is the same for each attempt; `paid_fen`: what arrived."""

    id = serializers.IntegerField()
    batch = serializers.CharField(source="batch.number")
    key = serializers.CharField()
    attempt = serializers.IntegerField()
    account = serializers.CharField(source="account.masked_number")
    amount_fen = serializers.IntegerField()
    paid_fen = serializers.IntegerField()
    payout_status = serializers.ChoiceField(ItemStatus.choices, source="status")
    reason = serializers.CharField()
    sent_at = serializers.DateTimeField(source="batch.sent_at", allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class StandingStepSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    done_at = serializers.DateTimeField(allow_null=True)
    is_next = serializers.BooleanField()


class StandingSerializer(serializers.Serializer[Any]):
    """`readiness`: what the next payout waits for; `trial`: a trial transfer to confirm."""

    readiness = serializers.ChoiceField(Readiness.choices)
    available_fen = serializers.IntegerField()
    paying_fen = serializers.IntegerField()
    minimum_fen = serializers.IntegerField()
    trial = serializers.UUIDField(allow_null=True)
    steps = StandingStepSerializer(many=True)


class TrialAnswerSerializer(serializers.Serializer[Any]):
    amount_fen = serializers.IntegerField(min_value=0, max_value=10_000)


class TrialResultSerializer(serializers.Serializer[Any]):
    """`is_right`: the account is confirmed. A wrong amount is counted; `reason` says how many tries
    are left."""

    is_right = serializers.BooleanField()
    reason = serializers.CharField()


class PayoutViewSet(viewsets.ReadOnlyModelViewSet[Item]):
    """What was paid to the acting party."""

    queryset = Item.objects.none()
    serializer_class = PayoutItemSerializer

    def get_queryset(self) -> QuerySet[Item]:
        return Item.objects.visible_to(self.request.actor).select_related("batch", "account")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        can_see_money(request.actor).require()
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        answer = super().retrieve(request, *args, **kwargs)
        can_see_money(request.actor).require()
        return answer


class StandingView(generics.GenericAPIView[Any]):
    serializer_class = StandingSerializer
    pagination_class = None

    @reads(StandingSerializer)
    def get(self, request: Request) -> Response:
        """What the acting party has of what it takes to be paid."""
        party = _own(request)
        can_see_payout(request.actor, party).require()
        return Response(StandingSerializer(_said(party)).data)


class ConsentView(generics.GenericAPIView[Any]):
    serializer_class = StandingSerializer
    pagination_class = None

    @writes(StandingSerializer, request=None)
    @idempotent
    def post(self, request: Request) -> Response:
        """Agree that the institution splits the party's share off and pays it."""
        party = _own(request)
        services.consent_to_split(request.actor, party=party)
        return Response(StandingSerializer(_said(party)).data)


class TrialView(generics.GenericAPIView[TrialTransfer]):
    serializer_class = TrialResultSerializer
    pagination_class = None
    queryset = TrialTransfer.objects.none()

    @writes(TrialResultSerializer, request=TrialAnswerSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Say how much of a trial transfer came."""
        own = TrialTransfer.objects.visible_to(request.actor)
        trial = get_object_or_404(own.select_related("account__party"), pk=pk)
        form = TrialAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        verdict = services.confirm_trial(
            request.actor, trial=trial, amount_fen=form.validated_data["amount_fen"]
        )
        found = {"is_right": bool(verdict), "reason": str(verdict.reason)}
        return Response(TrialResultSerializer(found).data)


def _own(request: Request) -> Party:
    party: Party | None = request.actor.party
    if party is None:
        raise Http404
    return party


def _said(party: Party) -> dict[str, Any]:
    standing, money = selectors.standing_of(party), selectors.money_of(party)
    trials = TrialTransfer.objects.filter(account=standing.account, status=TrialStatus.SENT)
    return {
        "readiness": standing.readiness(Route.INSTITUTION),
        "available_fen": money["available"],
        "paying_fen": money["paying"],
        "minimum_fen": rules.terms_of_payouts().minimum_fen,
        "trial": trials.values_list("pk", flat=True).first() if standing.account else None,
        "steps": selectors.steps_of(party),
    }
