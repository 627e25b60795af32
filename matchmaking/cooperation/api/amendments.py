"""Changes of what was agreed, and its versions, over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matchmaking.cooperation import selectors, services
from matchmaking.cooperation.api.prices import LadderSerializer
from matchmaking.cooperation.fields import AmendmentFields, PriceFields
from matchmaking.cooperation.models import Amendment, Version
from matchmaking.cooperation.states import SettlementBase
from portal.core.api.idempotency import idempotent
from portal.core.api.negotiation import OneAnswer
from portal.core.api.schema import PROBLEMS, reads_file, writes
from portal.core.documents import pdf_file, render_pdf
from portal.core.forms import MAX_FEN


class RefundLadderField(serializers.ListField):
    """[from basis points of the target, basis points of the fees given back] of each step."""

    def __init__(self, **options: Any) -> None:
        number = serializers.IntegerField(min_value=0, max_value=100_000)
        step = serializers.ListField(child=number, min_length=2, max_length=2)
        super().__init__(child=step, **options)


class AgreedTermsSerializer(LadderSerializer):
    """What an amendment may change. `ends_on` is the day after the last one."""

    gmv_target_fen = serializers.IntegerField(allow_null=True)
    refund_ladder = RefundLadderField(required=False)
    settlement_base = serializers.CharField(required=False)
    ends_on = serializers.DateField()
    scope = serializers.CharField()
    service_level = serializers.CharField(allow_blank=True)
    notice_days = serializers.IntegerField()
    payment_day = serializers.IntegerField(allow_null=True)


class AmendmentSerializer(serializers.Serializer[Any]):
    """`number` is the version it would be; `before` and `after`, all terms of either."""

    id = serializers.UUIDField()
    cooperation = serializers.IntegerField(source="cooperation_id")
    number = serializers.IntegerField()
    proposed_by = serializers.IntegerField(source="party_id")
    note = serializers.CharField()
    before = AgreedTermsSerializer(help_text="Empty where nothing was agreed before.")
    after = AgreedTermsSerializer()
    paper = serializers.UUIDField(source="paper_id", help_text="The version of the agreement.")
    status = serializers.CharField()
    at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    answered_by = serializers.IntegerField(source="answered_party_id", allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class NewAmendmentSerializer(serializers.Serializer[Any]):
    """What is not sent stays as it is; a price is sent as a whole. Null for `payment_day` and
    `gmv_target_fen` says that none is agreed. `version`: the one this changes; another one
    meanwhile is a 409."""

    version = serializers.IntegerField(min_value=1, required=False)
    ends_on = serializers.DateField(required=False)
    scope = serializers.CharField(max_length=5_000, required=False)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    service_level = serializers.CharField(max_length=1_000, allow_blank=True, required=False)
    notice_days = serializers.IntegerField(required=False)
    payment_day = serializers.IntegerField(required=False, allow_null=True)
    price = LadderSerializer(required=False)
    gmv_target_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, required=False, allow_null=True
    )
    refund_ladder = RefundLadderField(required=False)
    settlement_base = serializers.ChoiceField(SettlementBase.choices, required=False)
    title = serializers.CharField(max_length=80, required=False)
    starts_on = serializers.DateField(required=False)

    def amendment_fields(self) -> AmendmentFields:
        data = {name: value for name, value in self.validated_data.items() if name != "version"}
        price = data.pop("price", None)
        return AmendmentFields(**data, price=price and PriceFields(**price))


class CooperationVersionSerializer(serializers.Serializer[Any]):
    """One that both sides accepted. `digest`: SHA-256 of `content` as JSON in UTF-8, its keys in
    order, with no space between its parts."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    accepted_by = serializers.CharField(source="accepted_side")
    amendment = serializers.UUIDField(source="amendment_id", allow_null=True)
    digest = serializers.CharField()
    content = serializers.DictField()


class CooperationPaperSerializer(serializers.Serializer[Any]):
    """What a paper with this digest says. `newest`: the version that holds now; `content` names the
    parties by their numbers."""

    cooperation = serializers.IntegerField(source="version.cooperation_id")
    number = serializers.IntegerField(source="version.number")
    newest = serializers.IntegerField()
    at = serializers.DateTimeField(source="version.at")
    merchant_name = serializers.CharField(source="cooperation.merchant.name")
    provider_name = serializers.CharField(source="cooperation.provider.name")
    is_sandbox = serializers.BooleanField()
    content = serializers.DictField(source="version.content")


class AmendmentViewSet(viewsets.GenericViewSet[Amendment]):
    """Answers to a change that was proposed."""

    queryset = Amendment.objects.none()
    serializer_class = AmendmentSerializer

    def get_queryset(self) -> QuerySet[Amendment]:
        return Amendment.objects.visible_to(self.request.actor).select_related("cooperation")

    @writes(AmendmentSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """It holds from now on."""
        return self._step(services.accept_amendment)

    @writes(AmendmentSerializer, status=201, request=NewAmendmentSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def counter(self, request: Request, pk: str) -> Response:
        """Answer with other terms: what is not sent stays as it was proposed. `title` and
        `starts_on` count until the first version is agreed on."""
        given = NewAmendmentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        answered = services.counter_amendment(
            request.actor, amendment=self.get_object(), fields=given.amendment_fields()
        )
        return Response(AmendmentSerializer(answered).data, status=201)

    @writes(AmendmentSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Everything stays as it is."""
        return self._step(services.decline_amendment)

    @writes(AmendmentSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take one's own proposal back."""
        return self._step(services.withdraw_amendment)

    def _step(self, service: Callable[..., Amendment]) -> Response:
        changed = service(self.request.actor, amendment=self.get_object())
        return Response(AmendmentSerializer(changed).data)


class PaperView(APIView):
    """A version as a PDF."""

    content_negotiation_class = OneAnswer

    @reads_file("application/pdf")
    def get(self, request: Request, pk: int, number: int) -> HttpResponse:
        """In the language of the request; it prints the SHA-256 of the version's content."""
        seen = Version.objects.visible_to(request.actor).whole()
        version = get_object_or_404(seen, cooperation=pk, number=number)
        made = render_pdf("cooperation/paper.typ", selectors.paper_of(version))
        return pdf_file(made, f"cooperation-{pk}-v{number}")


class PaperCheckView(APIView):
    """What a paper must say, for whoever holds it."""

    permission_classes = (AllowAny,)

    @extend_schema(auth=[], responses={200: CooperationPaperSerializer, 404: PROBLEMS[404]})
    def get(self, request: Request, digest: str) -> Response:
        """By the SHA-256 that is printed on it."""
        version = get_object_or_404(Version.objects.whole(), digest=digest.lower())
        return Response(CooperationPaperSerializer(selectors.facts_of_paper(version)).data)
