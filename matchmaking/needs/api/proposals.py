"""Proposals over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation.api import CooperationSerializer, LadderSerializer
from matchmaking.cooperation.models import AgreementTemplate
from matchmaking.needs import rules, selectors, services
from matchmaking.needs.api.messages import (
    BlockSerializer,
    MessageFieldsSerializer,
    ProposalMessageSerializer,
)
from matchmaking.needs.api.talks import (
    BidContactSerializer,
    CallFieldsSerializer,
    TalkNoteSerializer,
    TalkSerializer,
)
from matchmaking.needs.fields import CallFields, OfferFields
from matchmaking.needs.models import Message, Proposal
from matchmaking.needs.states import LossReason, TalkKind
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import audited_read, reads, writes


class TermsSerializer(LadderSerializer):
    starts_on = serializers.DateField()


def promised(name: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1,
        max_value=rules.MOST_PROMISED[name],
        allow_null=True,
        required=False,
        default=None,
    )


class ProposalFieldsSerializer(TermsSerializer):
    """Providers and agencies name a team, agencies the creators they bring; creators say how many
    live sessions and videos they do, by when, and the samples they want."""

    plan = serializers.CharField(max_length=5000)
    team = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    lives = promised("lives")
    videos = promised("videos")
    samples_wanted = promised("samples_wanted")
    delivers_by = serializers.DateField(allow_null=True, required=False, default=None)
    creators = promised("creators")


class OfferFieldsSerializer(TermsSerializer):
    """Other terms, in answer to `version`."""

    term_months = serializers.IntegerField(min_value=1, max_value=36)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    version = serializers.IntegerField(min_value=1)


class OfferSerializer(serializers.Serializer[Any]):
    """A version of the terms, by one side; `agrees_to`: the version whose terms these are."""

    number = serializers.IntegerField()
    side = serializers.CharField()
    agrees_to = serializers.IntegerField(allow_null=True)
    monthly_fee_fen = serializers.IntegerField()
    share_bp = serializers.IntegerField()
    ladder = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    is_guarantee = serializers.BooleanField()
    starts_on = serializers.DateField()
    term_months = serializers.IntegerField()
    note = serializers.CharField()
    at = serializers.DateTimeField()


class ConcernSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()


class ReadingSerializer(serializers.Serializer[Any]):
    """How many messages were not read before."""

    read = serializers.IntegerField()


class SeenVersionSerializer(serializers.Serializer[Any]):
    """The version of the terms one has read."""

    version = serializers.IntegerField(min_value=1)


class AcceptanceSerializer(SeenVersionSerializer):
    """`template`: an agreement template that the other side is asked for, beside the price."""

    template = serializers.UUIDField(required=False, allow_null=True, default=None)


class ProposalSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    need = serializers.IntegerField(source="need_id")
    provider = serializers.IntegerField(source="provider_id")
    provider_name = serializers.CharField(source="provider.name")
    status = serializers.CharField()
    plan = serializers.CharField()
    team = serializers.CharField()
    lives = serializers.IntegerField(allow_null=True)
    videos = serializers.IntegerField(allow_null=True)
    samples_wanted = serializers.IntegerField(allow_null=True)
    delivers_by = serializers.DateField(allow_null=True)
    creators = serializers.IntegerField(allow_null=True)
    monthly_fee_fen = serializers.IntegerField(allow_null=True)
    share_bp = serializers.IntegerField(allow_null=True)
    ladder = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    is_guarantee = serializers.BooleanField()
    service_level = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    term_months = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()
    offered_by = serializers.CharField()
    concerns = serializers.ListField(child=serializers.CharField(), allow_null=True)
    lost_by = serializers.DictField(allow_null=True)
    reason = serializers.CharField()
    reason_note = serializers.CharField()
    cooperation = serializers.IntegerField(source="cooperation_id", allow_null=True)

    def to_representation(self, proposal: Proposal) -> dict[str, Any]:
        actor = self.context["request"].actor
        return super().to_representation(selectors.as_seen_by(actor, proposal))


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(LossReason.choices)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ProposalViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Proposal]
):
    """Proposals the acting party sent or received."""

    queryset = Proposal.objects.none()
    serializer_class = ProposalSerializer

    def get_queryset(self) -> QuerySet[Proposal]:
        seen = Proposal.objects.visible_to(self.request.actor)
        return seen.select_related("need__merchant", "provider", "cooperation")

    @reads(ConcernSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def concerns(self, request: Request, pk: str) -> Response:
        """Possible conflicts of interest, while the proposal stands or as it was accepted."""
        found = selectors.concerns_told(request.actor, self.get_object())
        words = zip(found, selectors.concern_words(found), strict=True)
        return Response([{"code": code, "sentence": sentence} for code, sentence in words])

    @writes(ProposalSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def shortlist(self, request: Request, pk: str) -> Response:
        done = services.shortlist_proposal(request.actor, proposal=self.get_object())
        return Response(self._shown(done))

    @reads(OfferSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def offers(self, request: Request, pk: str) -> Response:
        """Every version of the terms, the first one first."""
        return Response(
            OfferSerializer(self.get_object().offers.order_by("number"), many=True).data
        )

    @writes(OfferSerializer, status=201, request=OfferFieldsSerializer)
    @offers.mapping.post
    @idempotent
    def offer(self, request: Request, pk: str) -> Response:
        """Offer other terms; 409 where the named version is not the last one any more."""
        proposal = self.get_object()
        rules.can_counter_offer(request.actor, proposal).require()
        form = OfferFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = dict(form.validated_data)
        seen = data.pop("version")
        made = services.counter_offer(
            request.actor, proposal=proposal, fields=OfferFields(**data), version=seen
        )
        return Response(OfferSerializer(made).data, status=201)

    @writes(OfferSerializer, status=201, request=SeenVersionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def agreement(self, request: Request, pk: str) -> Response:
        """Take over the merchant's last terms; the merchant awards."""
        proposal = self.get_object()
        rules.can_agree_offer(request.actor, proposal).require()
        made = services.agree_offer(request.actor, proposal=proposal, version=self._seen(request))
        return Response(OfferSerializer(made).data, status=201)

    @writes(CooperationSerializer, status=201, request=AcceptanceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """Hire the bidder on the terms of the named version: a cooperation begins."""
        proposal = self.get_object()
        rules.can_accept_proposal(request.actor, proposal).require()
        form = AcceptanceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        chosen, usable = form.validated_data["template"], AgreementTemplate.objects
        cooperation = services.accept_proposal(
            request.actor,
            proposal=proposal,
            version=form.validated_data["version"],
            template=get_object_or_404(usable.usable_by(request.actor), pk=chosen)
            if chosen
            else None,
        )
        return Response(CooperationSerializer(cooperation).data, status=201)

    @writes(ProposalSerializer, request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Decline, with the reason both sides see."""
        return self._end(request, services.decline_proposal)

    @writes(ProposalSerializer, request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Step back, with the reason the merchant sees."""
        return self._end(request, services.withdraw_proposal)

    @reads(ProposalMessageSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def messages(self, request: Request, pk: str) -> Response:
        """The conversation, the first message first."""
        proposal = self.get_object()
        rules.can_read_messages(request.actor, proposal).require()
        found = (
            Message.objects.filter(proposal=proposal).prefetch_related("files").order_by("number")
        )
        return Response(ProposalMessageSerializer(found, many=True).data)

    @writes(ProposalMessageSerializer, status=201, request=MessageFieldsSerializer)
    @messages.mapping.post
    @idempotent
    def send(self, request: Request, pk: str) -> Response:
        """Write to the other side."""
        proposal = self.get_object()
        rules.can_send_message(request.actor, proposal).require()
        form = MessageFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sent = services.send_message(request.actor, proposal=proposal, **form.validated_data)
        return Response(ProposalMessageSerializer(sent).data, status=201)

    @writes(ReadingSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def reading(self, request: Request, pk: str) -> Response:
        """Mark what the other side wrote as read."""
        read = services.read_messages(request.actor, proposal=self.get_object())
        return Response({"read": read})

    @writes(TalkSerializer, status=201, request=TalkNoteSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def contacts(self, request: Request, pk: str) -> Response:
        """Ask to exchange contacts, from the shortlist on."""
        proposal = self.get_object()
        rules.can_propose_talk(request.actor, proposal, TalkKind.CONTACTS).require()
        form = TalkNoteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.propose_contacts(request.actor, proposal=proposal, **form.validated_data)
        return Response(TalkSerializer(made).data, status=201)

    @writes(TalkSerializer, status=201, request=CallFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def calls(self, request: Request, pk: str) -> Response:
        """Suggest a call at one of up to three times, from the shortlist on."""
        proposal = self.get_object()
        rules.can_propose_talk(request.actor, proposal, TalkKind.CALL).require()
        form = CallFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = CallFields(**form.validated_data)
        made = services.propose_call(request.actor, proposal=proposal, fields=fields)
        return Response(TalkSerializer(made).data, status=201)

    @audited_read(BidContactSerializer)
    @action(detail=True, methods=["post"])
    def contact(self, request: Request, pk: str) -> Response:
        """The other side's contact, once both agreed. Each look is written down, so it takes no
        Idempotency-Key."""
        contact = services.reveal_bid_contact(request.actor, proposal=self.get_object())
        return Response(BidContactSerializer(contact).data)

    @writes(BlockSerializer, status=201, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def block(self, request: Request, pk: str) -> Response:
        """Hear nothing more from the other side; it is not told."""
        made = services.block_party(request.actor, proposal=self.get_object())
        return Response(BlockSerializer(made).data, status=201)

    def _seen(self, request: Request) -> int:
        form = SeenVersionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return int(form.validated_data["version"])

    def _end(self, request: Request, service: Any) -> Response:
        proposal = self.get_object()
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        reason = LossReason(form.validated_data["reason"])
        done = service(
            request.actor, proposal=proposal, reason=reason, note=form.validated_data["note"]
        )
        return Response(self._shown(done))

    def _shown(self, proposal: Proposal) -> dict[str, Any]:
        return dict(ProposalSerializer(proposal, context=self.get_serializer_context()).data)
