"""Content orders over the API: one's own, from both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.content import services
from matchmaking.content.fields import BriefFields, QuoteFields
from matchmaking.content.models import CARRIERS, ContentOrder
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.forms import MAX_FEN
from portal.parties.models import Party
from portal.policies.states import ProductSource


class ContentOrderSerializer(serializers.Serializer[Any]):
    """`due_at`: the deadline of whoever has the next move. Money in fen."""

    id = serializers.UUIDField()
    merchant = serializers.IntegerField(source="merchant_id")
    maker = serializers.IntegerField(source="maker_id")
    title = serializers.CharField()
    brief = serializers.CharField()
    product = serializers.CharField(help_text="As it was called when the order was placed.")
    product_id = serializers.IntegerField(source="goods_id", allow_null=True)
    sold_from = serializers.CharField(source="source")
    carrier = serializers.CharField()
    wanted_on = serializers.DateField()
    status = serializers.CharField()
    due_at = serializers.DateTimeField()
    fee_fen = serializers.IntegerField(allow_null=True)
    share_bp = serializers.IntegerField(allow_null=True)
    revisions = serializers.IntegerField()
    quote_note = serializers.CharField()
    cooperation = serializers.IntegerField(source="cooperation_id", allow_null=True)
    draft_url = serializers.CharField()
    revised = serializers.IntegerField()
    revise_note = serializers.CharField()
    paid_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()


class NewContentOrderSerializer(serializers.Serializer[Any]):
    """`maker`: a creator or an agency; `product_id`: one of one's own that is on offer."""

    maker = serializers.IntegerField(min_value=1, max_value=2**31)
    title = serializers.CharField(max_length=80)
    brief = serializers.CharField(max_length=3_000)
    product_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    sold_from = serializers.ChoiceField(ProductSource.choices, source="source")
    carrier = serializers.ChoiceField(CARRIERS)
    wanted_on = serializers.DateField()


class ContentQuoteSerializer(serializers.Serializer[Any]):
    fee_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    share_bp = serializers.IntegerField(min_value=0, max_value=5_000)
    revisions = serializers.IntegerField(min_value=0, max_value=3)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class ContentReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class ContentRevisionSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300)


class ContentPieceSerializer(serializers.Serializer[Any]):
    draft_url = serializers.CharField(max_length=300)


class ContentPaymentSerializer(serializers.Serializer[Any]):
    """`proof`: the id of an upload with the purpose `bill-proof`."""

    paid_on = serializers.DateField()
    proof = serializers.UUIDField()


class ContentOrderViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ContentOrder]
):
    """The acting party's content orders."""

    queryset = ContentOrder.objects.none()
    serializer_class = ContentOrderSerializer

    def get_queryset(self) -> QuerySet[ContentOrder]:
        mine = ContentOrder.objects.visible_to(self.request.actor)
        return mine.select_related("merchant", "maker")

    @writes(ContentOrderSerializer, status=201, request=NewContentOrderSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Ask for a quote."""
        given = _given(NewContentOrderSerializer, request)
        maker = get_object_or_404(Party.objects.listed(), pk=given.pop("maker"))
        made = services.order_content(request.actor, maker=maker, fields=BriefFields(**given))
        return Response(ContentOrderSerializer(made).data, status=201)

    @writes(ContentOrderSerializer, request=ContentQuoteSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def quote(self, request: Request, pk: str) -> Response:
        """A fee, a share, or both."""
        fields = QuoteFields(**_given(ContentQuoteSerializer, request))
        return self._step(services.quote_order, fields=fields)

    @writes(ContentOrderSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """It is a cooperation then."""
        return self._step(services.accept_quote)

    @writes(ContentOrderSerializer, request=ContentReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """No, with a reason: to a brief by who would make it, to a quote by the merchant."""
        return self._step(services.decline_order, **_given(ContentReasonSerializer, request))

    @writes(ContentOrderSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take one's own brief or quote back."""
        return self._step(services.withdraw_order)

    @writes(ContentOrderSerializer, request=ContentPieceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def piece(self, request: Request, pk: str) -> Response:
        """Show it; five days without a word approve it."""
        return self._step(services.show_piece, **_given(ContentPieceSerializer, request))

    @writes(ContentOrderSerializer, request=ContentRevisionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def revision(self, request: Request, pk: str) -> Response:
        """Ask for a change, as often as the quote includes."""
        return self._step(services.ask_revision, **_given(ContentRevisionSerializer, request))

    @writes(ContentOrderSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, pk: str) -> Response:
        """It is as ordered; the fee is due."""
        return self._step(services.approve_piece)

    @writes(ContentOrderSerializer, request=ContentPaymentSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def payment(self, request: Request, pk: str) -> Response:
        """Show that the fee is paid."""
        return self._step(services.show_payment, **_given(ContentPaymentSerializer, request))

    @writes(ContentOrderSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def confirmation(self, request: Request, pk: str) -> Response:
        """The payment has arrived."""
        return self._step(services.confirm_payment)

    def _step(self, service: Callable[..., ContentOrder], **given: Any) -> Response:
        done = service(self.request.actor, order=self.get_object(), **given)
        return Response(ContentOrderSerializer(done).data)


def _given(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
