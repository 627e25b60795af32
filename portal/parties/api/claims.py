"""Claiming a party nobody speaks for, over the API. Upload proofs first, then name their ids."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import get_adapter
from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import rules, services
from portal.parties.models import Claim, ClaimStatement, Party
from portal.parties.models.phones import CODE_DIGITS
from portal.parties.states import ClaimStatus

MOST_SHOWN = 50


class ClaimStatementSerializer(serializers.Serializer[Any]):
    is_operator = serializers.BooleanField(help_text="Said by the platform; who it was is not.")
    text = serializers.CharField()
    files = serializers.SerializerMethodField()
    at = serializers.DateTimeField()

    def get_files(self, statement: ClaimStatement) -> list[uuid.UUID]:
        return [file.pk for file in statement.files.all()]


class ClaimSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    party = serializers.IntegerField(source="party_id")
    party_name = serializers.CharField(source="party.name")
    status = serializers.ChoiceField(ClaimStatus.choices)
    code = serializers.CharField(help_text="To be put into the public profile kept elsewhere.")
    phone_proved_at = serializers.DateTimeField(allow_null=True)
    made_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    statements = ClaimStatementSerializer(many=True)


class ClaimAnswerSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=rules.MOST_WORDS)
    files = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=rules.MOST_PROOFS,
        default=list,
        help_text="Uploads of yours for the purpose claim-proof.",
    )


class MakeClaimSerializer(ClaimAnswerSerializer):
    party = serializers.IntegerField(min_value=1)


class ClaimCodeSerializer(serializers.Serializer[Any]):
    code = serializers.RegexField(rf"^\d{{{CODE_DIGITS}}}$")


class ClaimsView(generics.GenericAPIView[Any]):
    """One's own claims, the newest first."""

    serializer_class = ClaimSerializer
    pagination_class = None

    @reads(ClaimSerializer(many=True))
    def get(self, request: Request) -> Response:
        claims = _whole(request).order_by("-made_at")[:MOST_SHOWN]
        return Response(ClaimSerializer(claims, many=True).data)

    @writes(ClaimSerializer, status=201, request=MakeClaimSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Say that a listed party without members is yours; an operator answers."""
        form = MakeClaimSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        claim = services.claim_party(
            request.actor,
            party=get_object_or_404(Party.objects.listed(), pk=data["party"]),
            text=data["text"],
            proofs=data["files"],
        )
        return Response(ClaimSerializer(claim).data, status=201)


class OneClaimView(generics.GenericAPIView[Any]):
    """The base of what is done with one's own claim."""

    serializer_class = ClaimSerializer
    queryset = Claim.objects.none()

    def claim(self, request: Request, pk: uuid.UUID) -> Claim:
        return get_object_or_404(_whole(request), pk=pk)


class ClaimView(OneClaimView):
    @reads(ClaimSerializer)
    def get(self, request: Request, pk: uuid.UUID) -> Response:
        """A claim of yours with what was said."""
        return Response(ClaimSerializer(self.claim(request, pk)).data)


class ClaimAnswerView(OneClaimView):
    @writes(ClaimSerializer, request=ClaimAnswerSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Hand in what the operator asked for."""
        form = ClaimAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        claim = services.answer_claim(
            request.actor, claim=self.claim(request, pk), text=data["text"], proofs=data["files"]
        )
        return Response(ClaimSerializer(claim).data)


class ClaimWithdrawalView(OneClaimView):
    @writes(ClaimSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Take the claim back."""
        claim = services.withdraw_claim(request.actor, claim=self.claim(request, pk))
        return Response(ClaimSerializer(claim).data)


class ClaimPhoneView(OneClaimView):
    @writes(ClaimSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Have a code texted to the phone the party is registered with."""
        address = get_adapter().get_client_ip(request._request)
        claim = self.claim(request, pk)
        claim = services.send_claim_code(request.actor, claim=claim, address=address)
        return Response(ClaimSerializer(claim).data)


class ClaimPhoneProofView(OneClaimView):
    @writes(ClaimSerializer, request=ClaimCodeSerializer)
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Give the code that was texted. Five wrong ones end it."""
        form = ClaimCodeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        verdict = services.prove_claim_by_phone(
            request.actor, claim=self.claim(request, pk), digits=form.validated_data["code"]
        )
        verdict.require()
        return Response(ClaimSerializer(self.claim(request, pk)).data)


def _whole(request: Request) -> Any:
    mine = Claim.objects.visible_to(request.actor).select_related("party")
    return mine.prefetch_related("statements__files")
