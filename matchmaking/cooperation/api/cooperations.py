"""Cooperations and the steps of their life, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation import selectors, services
from matchmaking.cooperation.api.amendments import (
    AmendmentSerializer,
    CooperationVersionSerializer,
    NewAmendmentSerializer,
    RefundLadderField,
)
from matchmaking.cooperation.api.disputes import (
    CooperationFiguresSerializer,
    DisputeSerializer,
    NewDisputeSerializer,
)
from matchmaking.cooperation.api.parts import (
    NewObligationSerializer,
    NewReviewSerializer,
    ObligationSerializer,
    ReviewSerializer,
)
from matchmaking.cooperation.api.prices import LadderSerializer
from matchmaking.cooperation.api.templates import AgreementTemplateChoiceSerializer
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import (
    DisputeFields,
    EndingFields,
    ObligationFields,
    ReviewFields,
    Terms,
)
from matchmaking.cooperation.models import AgreementTemplate, Cooperation
from matchmaking.cooperation.states import SettlementBase
from portal.core.actor import Actor
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import audited_read, reads, writes
from portal.core.forms import MAX_FEN
from portal.parties.models import Party


class CooperationSerializer(serializers.Serializer[Any]):
    """Money in fen, shares in basis points. `ends_on` is the day after the last one."""

    id = serializers.IntegerField()
    merchant = serializers.IntegerField(source="merchant_id")
    merchant_name = serializers.CharField(source="merchant.name")
    provider = serializers.IntegerField(source="provider_id")
    provider_name = serializers.CharField(source="provider.name")
    door = serializers.CharField()
    door_ref = serializers.CharField(
        help_text="What was accepted there; of `need`, `package` and `invitation`, the proposal."
    )
    door_source = serializers.CharField(help_text="What that answered: of `need`, the need.")
    agreement = serializers.UUIDField(
        source="agreement_id", allow_null=True, help_text="The paper its money follows."
    )
    title = serializers.CharField()
    scope = serializers.CharField()
    products = serializers.SerializerMethodField(help_text="Of the catalogue; none: everything.")
    team = serializers.CharField()
    gmv_target_fen = serializers.IntegerField(allow_null=True)
    monthly_fee_fen = serializers.IntegerField()
    is_once = serializers.BooleanField(
        help_text="The fee is of a piece of content and paid once, not every month."
    )
    share_bp = serializers.IntegerField()
    ladder = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    is_guarantee = serializers.BooleanField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    notice_days = serializers.IntegerField()
    service_level = serializers.CharField()
    payment_day = serializers.IntegerField(allow_null=True)
    refund_ladder = RefundLadderField()
    settlement_base = serializers.CharField()
    agreed_at = serializers.DateTimeField(allow_null=True)
    began_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)

    def get_products(self, cooperation: Cooperation) -> list[int]:
        return [product.pk for product in cooperation.products.all()]


class ProposedTermsSerializer(LadderSerializer):
    """About what, and for how much. `products`: the merchant's, by their ids in the catalogue;
    none for everything."""

    title = serializers.CharField(max_length=80)
    scope = serializers.CharField(max_length=5_000)
    starts_on = serializers.DateField()
    term_months = serializers.IntegerField(min_value=1, max_value=36)
    notice_days = serializers.IntegerField(min_value=1, max_value=180, default=30)
    gmv_target_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, required=False, allow_null=True, default=None
    )
    refund_ladder = RefundLadderField(required=False, default=list)
    settlement_base = serializers.ChoiceField(SettlementBase.choices, default=SettlementBase.NET)
    products = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=200,
        required=False,
        default=list,
    )
    note = serializers.CharField(max_length=300, allow_blank=True, default="")

    def propose(self, actor: Actor, other: Party, through: Through | None = None) -> Cooperation:
        """By the service, once the input is valid."""
        given = dict(self.validated_data)
        given.pop("party", None)
        products = selectors.products_named(actor, other, given.pop("products"))
        note = given.pop("note")
        return services.propose_cooperation(
            actor, other=other, terms=Terms(**given), products=products, note=note, through=through
        )


class NewCooperationSerializer(ProposedTermsSerializer):
    """The same to `party`, whom one knows from elsewhere than the site."""

    party = serializers.IntegerField(min_value=1, max_value=2**31)


class ContactSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    phone = serializers.CharField()


class PauseSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)
    until = serializers.DateField()


class EndingSerializer(serializers.Serializer[Any]):
    """`reason`: results, cost, duties, plans or other."""

    reason = serializers.CharField(max_length=8)
    note = serializers.CharField(max_length=300)
    effective_on = serializers.DateField()


class CooperationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Cooperation]
):
    """The acting party's cooperations."""

    queryset = Cooperation.objects.none()
    serializer_class = CooperationSerializer

    def get_queryset(self) -> QuerySet[Cooperation]:
        mine = Cooperation.objects.visible_to(self.request.actor)
        return mine.select_related("merchant", "provider").prefetch_related("products")

    @writes(CooperationSerializer, status=201, request=NewCooperationSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Propose to work together; the other side has seven days. Its terms are the open
        amendment of version 1."""
        form = NewCooperationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        other = get_object_or_404(Party.objects.listed(), pk=form.validated_data["party"])
        made = form.propose(request.actor, other)
        return Response(CooperationSerializer(made).data, status=201)

    @audited_read(ContactSerializer)
    @action(detail=True, methods=["post"])
    def contact(self, request: Request, pk: str) -> Response:
        """The other side's contact. Each look is written down, so it takes no Idempotency-Key."""
        contact = services.reveal_contact(request.actor, cooperation=self.get_object())
        return Response(ContactSerializer(contact).data)

    @writes(CooperationSerializer, request=PauseSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def pause(self, request: Request, pk: str) -> Response:
        """No work until a day."""
        given = _given(PauseSerializer, request)
        services.pause_cooperation(request.actor, cooperation=self.get_object(), **given)
        return self._answer()

    @writes(CooperationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def resumption(self, request: Request, pk: str) -> Response:
        """End one's own pause."""
        services.resume_cooperation(request.actor, cooperation=self.get_object())
        return self._answer()

    @writes(CooperationSerializer, request=EndingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def ending(self, request: Request, pk: str) -> Response:
        """Give notice."""
        fields = EndingFields(**_given(EndingSerializer, request))
        services.end_cooperation(request.actor, cooperation=self.get_object(), fields=fields)
        return self._answer()

    @writes(CooperationSerializer, request=None)
    @action(detail=True, methods=["post"], url_path="ending/withdrawal")
    @idempotent
    def ending_withdrawal(self, request: Request, pk: str) -> Response:
        """Take one's notice back."""
        services.withdraw_ending(request.actor, cooperation=self.get_object())
        return self._answer()

    @writes(CooperationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def completion(self, request: Request, pk: str) -> Response:
        """Say that everything is done; with both sides it ends."""
        services.complete_cooperation(request.actor, cooperation=self.get_object())
        return self._answer()

    @writes(CooperationSerializer, request=None)
    @action(detail=True, methods=["post"], url_path="completion/withdrawal")
    @idempotent
    def completion_withdrawal(self, request: Request, pk: str) -> Response:
        """Take that back."""
        services.withdraw_completion(request.actor, cooperation=self.get_object())
        return self._answer()

    @reads(ObligationSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def obligations(self, request: Request, pk: str) -> Response:
        """What each side owes, the unsettled first."""
        duties = selectors.duties_of(request.actor, self.get_object())
        rows = [duty.obligation for duty in duties]
        return Response(ObligationSerializer(rows, many=True).data)

    @writes(ObligationSerializer, status=201, request=NewObligationSerializer)
    @obligations.mapping.post
    @idempotent
    def add_obligation(self, request: Request, pk: str) -> Response:
        """One's own stands at once; the other side is asked."""
        fields = ObligationFields(**_given(NewObligationSerializer, request))
        added = services.add_obligation(request.actor, cooperation=self.get_object(), fields=fields)
        return Response(ObligationSerializer(added).data, status=201)

    @reads(AmendmentSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def amendments(self, request: Request, pk: str) -> Response:
        """Every change that was proposed, newest first."""
        rows = self.get_object().amendments.order_by("-at")[:100]
        return Response(AmendmentSerializer(rows, many=True).data)

    @writes(AmendmentSerializer, status=201, request=NewAmendmentSerializer)
    @amendments.mapping.post
    @idempotent
    def propose(self, request: Request, pk: str) -> Response:
        """Propose other terms: price, target, term, scope, notice. Nothing changes until the
        other side accepts."""
        given = NewAmendmentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        proposed = services.propose_amendment(
            request.actor,
            cooperation=self.get_object(),
            fields=given.amendment_fields(),
            version=given.validated_data.get("version"),
        )
        return Response(AmendmentSerializer(proposed).data, status=201)

    @reads(CooperationVersionSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def versions(self, request: Request, pk: str) -> Response:
        """Every version both sides accepted, the one that holds first."""
        rows = self.get_object().versions.order_by("-number")
        return Response(CooperationVersionSerializer(rows, many=True).data)

    @writes(CooperationSerializer, request=AgreementTemplateChoiceSerializer)
    @action(detail=True, methods=["post"], url_path="template")
    @idempotent
    def put_template(self, request: Request, pk: str) -> Response:
        """Put an agreement template on the table: one's own obligations stand at once, the other
        side is asked for its, and accepts the terms as an amendment, or not."""
        given = _given(AgreementTemplateChoiceSerializer, request)
        usable = AgreementTemplate.objects.usable_by(request.actor)
        template = get_object_or_404(usable, pk=given["template"])
        services.apply_template(request.actor, cooperation=self.get_object(), template=template)
        return self._answer()

    @reads(CooperationFiguresSerializer)
    @action(detail=True, methods=["get"], pagination_class=None)
    def figures(self, request: Request, pk: str) -> Response:
        """What it has come to by its order lines: target, shares, fees, what is to be billed."""
        found = selectors.standing_figures(self.get_object())
        return Response(CooperationFiguresSerializer(found).data)

    @writes(DisputeSerializer, status=201, request=NewDisputeSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def disputes(self, request: Request, pk: str) -> Response:
        """Open a dispute; what the hired side gets of the orders of these days is held."""
        given = _given(NewDisputeSerializer, request)
        evidence = given.pop("evidence")
        made = services.open_dispute(
            request.actor,
            cooperation=self.get_object(),
            fields=DisputeFields(**given),
            evidence=evidence,
        )
        return Response(DisputeSerializer(made).data, status=201)

    @reads(ReviewSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def reviews(self, request: Request, pk: str) -> Response:
        """One's own, and the other side's once both are shown."""
        rows = [row for row, _can in selectors.reviews_of(request.actor, self.get_object())]
        return Response(ReviewSerializer(rows, many=True).data)

    @writes(ReviewSerializer, status=201, request=NewReviewSerializer)
    @reviews.mapping.post
    @idempotent
    def review(self, request: Request, pk: str) -> Response:
        """Review the other side, once, within two weeks of the end."""
        fields = ReviewFields(**_given(NewReviewSerializer, request))
        given = services.give_review(request.actor, cooperation=self.get_object(), fields=fields)
        return Response(ReviewSerializer(given).data, status=201)

    def _answer(self) -> Response:
        return Response(CooperationSerializer(self.get_object()).data)


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
