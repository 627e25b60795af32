"""Operators: deciding over the API whose a party is."""

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
from portal.parties.api.claims import ClaimSerializer
from portal.parties.models import Claim, Party


class WaitingClaimSerializer(ClaimSerializer):
    """A claim as operators see it in their queue."""

    legal_name = serializers.CharField(source="party.legal_name")
    claimant = serializers.CharField()
    waiting_since = serializers.DateTimeField(source="queued_at", allow_null=True)


class WeighedClaimSerializer(WaitingClaimSerializer):
    """The same with what speaks against accepting it, empty if nothing does."""

    cannot_accept = serializers.SerializerMethodField()

    def get_cannot_accept(self, claim: Claim) -> str:
        verdict = rules.can_accept_claim(self.context["actor"], claim)
        return "" if verdict else str(verdict.reason)


class ClaimReasonSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(
        max_length=rules.MOST_WORDS, help_text="The claimant reads this sentence."
    )


class LongestWaiting(NewestFirst):
    ordering = "waiting_since"


class WaitingClaimsView(generics.ListAPIView[Claim]):
    """Claims of the operator's regions that wait for an answer, the longest waiting first."""

    serializer_class = WaitingClaimSerializer
    pagination_class = LongestWaiting
    queryset = Claim.objects.none()

    def get_queryset(self) -> QuerySet[Claim]:
        return _claims(self.request).waiting()

    @reads(WaitingClaimSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.list(request)


class OneWaitingClaimView(generics.GenericAPIView[Claim]):
    """The base of what operators do with one claim."""

    serializer_class = WeighedClaimSerializer
    queryset = Claim.objects.none()

    def claim(self, request: Request, pk: uuid.UUID) -> Claim:
        return get_object_or_404(_claims(request), pk=pk)

    def shown(self, request: Request, pk: uuid.UUID) -> Response:
        form = WeighedClaimSerializer(self.claim(request, pk), context={"actor": request.actor})
        return Response(form.data)

    def text(self, request: Request) -> str:
        form = ClaimReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return str(form.validated_data["text"])


class WaitingClaimView(OneWaitingClaimView):
    @reads(WeighedClaimSerializer)
    def get(self, request: Request, pk: uuid.UUID) -> Response:
        """One claim of the operator's regions, answered or not."""
        return self.shown(request, pk)


class ClaimAcceptanceView(OneWaitingClaimView):
    @writes(WeighedClaimSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """The claimant owns the party; other claims of it are refused."""
        services.accept_claim(request.actor, claim=self.claim(request, pk))
        return self.shown(request, pk)


class ClaimQuestionView(OneWaitingClaimView):
    @writes(WeighedClaimSerializer, request=ClaimReasonSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Ask the claimant for more."""
        claim = self.claim(request, pk)
        services.ask_claimant(request.actor, claim=claim, text=self.text(request))
        return self.shown(request, pk)


class ClaimRefusalView(OneWaitingClaimView):
    @writes(WeighedClaimSerializer, request=ClaimReasonSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Refuse the claim, with the sentence the claimant reads."""
        claim = self.claim(request, pk)
        services.refuse_claim(request.actor, claim=claim, text=self.text(request))
        return self.shown(request, pk)


def _claims(request: Request) -> Any:
    """Those of the operator's regions; who decides none is told so."""
    rules.may_decide_claims(request.actor).require()
    mine = Party.objects.in_scope_of(request.user)
    claims = Claim.objects.filter(party__in=mine).select_related("party__city", "claimant")
    return claims.prefetch_related("statements__files")
