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
from matchmaking.brokerage.fields import IntroductionFields, Outcome, SignedTerms
from matchmaking.brokerage.models import Introduction
from matchmaking.brokerage.states import IntroductionStatus
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


class IntroductionReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, help_text=_("The other side reads this."))


class SignedTermsSerializer(serializers.Serializer[Any]):
    """What the contract says; fen a month, basis points of settled net GMV."""

    monthly_fee_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN, default=0)
    share_bp = serializers.IntegerField(min_value=0, max_value=10_000, default=0)
    starts_on = serializers.DateField()
    term_months = serializers.IntegerField(min_value=1, max_value=120)


class IntroductionContractSerializer(serializers.Serializer[Any]):
    contract = serializers.UUIDField(
        help_text="An upload of yours for the purpose brokerage.contract."
    )
    signed_on = serializers.DateField()
    terms = SignedTermsSerializer(
        required=False,
        allow_null=True,
        default=None,
        help_text="With them, a merchant's contract becomes a cooperation.",
    )


class IntroductionOutcomeSerializer(serializers.Serializer[Any]):
    succeeded = serializers.BooleanField()
    note = serializers.CharField(max_length=300)
    gmv_fen = serializers.IntegerField(
        min_value=0, max_value=MAX_FEN, required=False, allow_null=True, default=None
    )


class IntroductionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Introduction]
):
    """The introductions of the party one speaks for; all of them for operators who broker."""

    queryset = Introduction.objects.none()
    serializer_class = IntroductionSerializer
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Introduction]:
        actor = self.request.actor
        rows: QuerySet[Introduction] = (
            selectors.whole_introductions()
            if rules.can_broker(actor)
            else selectors.introductions_of(actor)
        )
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

    @writes(IntroductionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def taking(self, request: Request, public_id: str) -> Response:
        """An operator prepares it."""
        row = services.take_introduction(request.actor, introduction=self.get_object())
        return Response(IntroductionSerializer(row).data)

    @writes(IntroductionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def offering(self, request: Request, public_id: str) -> Response:
        """An operator puts it to the creator."""
        row = services.offer_introduction(request.actor, introduction=self.get_object())
        return Response(IntroductionSerializer(row).data)

    @writes(IntroductionSerializer, request=IntroductionReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, public_id: str) -> Response:
        """An operator does not introduce them."""
        row, given = self._given(request, IntroductionReasonSerializer, IntroductionStatus.REFUSED)
        done = services.refuse_introduction(request.actor, introduction=row, **given)
        return Response(IntroductionSerializer(done).data)

    @writes(IntroductionSerializer, request=IntroductionContractSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def contract(self, request: Request, public_id: str) -> Response:
        """An operator keeps the contract both sides signed."""
        row, given = self._given(request, IntroductionContractSerializer, IntroductionStatus.SIGNED)
        terms = given.pop("terms")
        done = services.sign_introduction(
            request.actor,
            introduction=row,
            terms=SignedTerms(**terms) if terms else None,
            **given,
        )
        return Response(IntroductionSerializer(done).data)

    @writes(IntroductionSerializer, request=IntroductionOutcomeSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def outcome(self, request: Request, public_id: str) -> Response:
        """An operator says what came of it."""
        row, given = self._given(
            request, IntroductionOutcomeSerializer, IntroductionStatus.SUCCEEDED
        )
        done = services.end_introduction(request.actor, introduction=row, outcome=Outcome(**given))
        return Response(IntroductionSerializer(done).data)

    def _given(
        self,
        request: Request,
        form: type[serializers.Serializer[Any]],
        status: IntroductionStatus,
    ) -> tuple[Introduction, dict[str, Any]]:
        """Who may not take the step is told so before what they sent is looked at."""
        row = self.get_object()
        rules.can_move_introduction(request.actor, row, status).require()
        bound = form(data=request.data)
        bound.is_valid(raise_exception=True)
        return row, dict(bound.validated_data)
