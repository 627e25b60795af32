"""Needs and proposals over the API: the same services and sentences as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.engine.pricing import WHOLE_BP
from matchmaking.needs import rules, selectors, services
from matchmaking.needs.api.proposals import ProposalFieldsSerializer, ProposalSerializer
from matchmaking.needs.api.questions import QuestionFieldsSerializer, QuestionSerializer
from matchmaking.needs.fields import MOST, NEUTRAL, PRIORITIES, NeedFields, ProposalFields
from matchmaking.needs.models import Need, Proposal, Question
from matchmaking.needs.ranking import CandidateList
from matchmaking.needs.states import BudgetForm, FactPart, Seeks
from portal.core.api.fields import IdsField
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.forms import MAX_FEN
from portal.parties.models import Category, City, Party, ServiceType

PAGE = 20
HIDDEN_WITH_THE_BRIEF = (
    *("gmv_target_fen", "gmv_low_fen", "gmv_high_fen", "starts_on", "term_months"),
    *PRIORITIES,
)


class NeedFieldsSerializer(serializers.Serializer[Any]):
    """What a merchant writes of a need. Money in fen a month."""

    title = serializers.CharField(max_length=60)
    brief = serializers.CharField(max_length=3000)
    seeks = serializers.ChoiceField(Seeks.choices, default=Seeks.PROVIDER)
    services = IdsField(queryset=ServiceType.objects.all(), required=False, default=list)
    categories = IdsField(queryset=Category.objects.filter(parent=None), allow_empty=False)
    facts = serializers.ListField(
        child=serializers.ChoiceField(FactPart.choices), required=False, default=list
    )
    city = serializers.PrimaryKeyRelatedField(
        queryset=City.objects.all(), allow_null=True, required=False, default=None
    )
    only_for = serializers.PrimaryKeyRelatedField(
        queryset=Party.objects.listed(), allow_null=True, required=False, default=None
    )
    accepts_remote = serializers.BooleanField(default=True)
    price_form = serializers.ChoiceField(BudgetForm.choices, default=BudgetForm.ANY)
    share_low_bp = serializers.IntegerField(
        min_value=0, max_value=WHOLE_BP, allow_null=True, required=False, default=None
    )
    share_high_bp = serializers.IntegerField(
        min_value=0, max_value=WHOLE_BP, allow_null=True, required=False, default=None
    )
    budget_low_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    budget_high_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    gmv_target_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, allow_null=True, required=False, default=None
    )
    starts_on = serializers.DateField()
    term_months = serializers.IntegerField(min_value=1, max_value=36)
    closes_on = serializers.DateField()
    gmv_low_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, allow_null=True, required=False, default=None
    )
    gmv_high_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, allow_null=True, required=False, default=None
    )
    priority_price = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_experience = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_score = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_speed = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)

    def need_fields(self) -> NeedFields:
        data = dict(self.validated_data)
        city, only_for = data.pop("city"), data.pop("only_for")
        return NeedFields(
            service_ids=data.pop("services"),
            category_ids=data.pop("categories"),
            city_id=city.pk if city else None,
            only_for_id=only_for.pk if only_for else None,
            **data,
        )


class NeedSerializer(NeedFieldsSerializer):
    """A brief. Money in fen a month. A reader who may not know the merchant gets null for it; one
    who speaks for no verified party an empty brief, and null for the GMV figures, the start, the
    length and the priorities."""

    id = serializers.IntegerField(read_only=True)
    number = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    service_offer = serializers.IntegerField(source="service_offer_id", read_only=True)
    answer_by = serializers.DateTimeField(read_only=True)
    merchant = serializers.SerializerMethodField()
    starts_on = serializers.DateField(allow_null=True)
    term_months = serializers.IntegerField(allow_null=True)
    priority_price = serializers.IntegerField(allow_null=True)
    priority_experience = serializers.IntegerField(allow_null=True)
    priority_score = serializers.IntegerField(allow_null=True)
    priority_speed = serializers.IntegerField(allow_null=True)

    def get_merchant(self, need: Need) -> int | None:
        return need.merchant_id if need.knows_merchant else None

    def to_representation(self, need: Need) -> dict[str, Any]:
        shown = super().to_representation(need)
        if not rules.may_read_brief(self.context["request"].actor, need):
            shown |= {"brief": ""} | dict.fromkeys(HIDDEN_WITH_THE_BRIEF)
        return shown


class ExtensionSerializer(serializers.Serializer[Any]):
    closes_on = serializers.DateField()


class DaysSerializer(ExtensionSerializer):
    starts_on = serializers.DateField()


class PartScoreSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    points = serializers.FloatField()
    weight = serializers.FloatField()
    is_measured = serializers.BooleanField()


class CandidateSerializer(serializers.Serializer[Any]):
    """A place in the order, with the parts that made it."""

    place = serializers.IntegerField()
    is_newcomer_place = serializers.BooleanField()
    provider = serializers.IntegerField(source="provider.pk")
    provider_name = serializers.CharField(source="provider.name")
    total = serializers.FloatField()
    confidence = serializers.FloatField()
    parts = PartScoreSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())


class CandidatesSerializer(serializers.Serializer[Any]):
    method = serializers.CharField()
    count = serializers.IntegerField()
    measurable = serializers.FloatField()
    results = CandidateSerializer(many=True)


class InvitationSerializer(serializers.Serializer[Any]):
    provider = serializers.PrimaryKeyRelatedField(queryset=Party.objects.listed())


class NeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Need]):
    """Needs: open ones, and one's own."""

    queryset = Need.objects.none()
    serializer_class = NeedSerializer

    def get_queryset(self) -> QuerySet[Need]:
        actor = self.request.actor
        if self.action == "list":
            return selectors.needs_for(actor, self.request.query_params.get("view", "open"))
        return selectors.whole_needs(actor).visible_to(actor)

    @reads(
        NeedSerializer(many=True),
        OpenApiParameter("view", str, enum=["open", "ours", "answered"]),
    )
    def list(self, request: Request) -> Response:
        return super().list(request)

    @writes(NeedSerializer, status=201, request=NeedFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        rules.can_create_need(request.actor).require()
        need = services.create_need(request.actor, fields=self._bound(request).need_fields())
        return Response(self._shown(need), status=201)

    @writes(NeedSerializer, request=NeedFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        need = self.get_object()
        rules.can_edit_need(request.actor, need).require()
        services.update_need(request.actor, need=need, fields=self._bound(request).need_fields())
        return Response(self._shown(need))

    @writes(NeedSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, pk: str) -> Response:
        """Open the need to providers."""
        return Response(self._shown(services.publish_need(request.actor, need=self.get_object())))

    @writes(NeedSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def cancellation(self, request: Request, pk: str) -> Response:
        """End the need without a choice."""
        return Response(self._shown(services.cancel_need(request.actor, need=self.get_object())))

    @writes(NeedSerializer, request=ExtensionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def extension(self, request: Request, pk: str) -> Response:
        """Move the last day for proposals back."""
        need = self.get_object()
        rules.can_extend_need(request.actor, need).require()
        form = ExtensionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.extend_need(request.actor, need=need, **form.validated_data)
        return Response(self._shown(done))

    @writes(NeedSerializer, request=DaysSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopening(self, request: Request, pk: str) -> Response:
        """Take a need up again that was cancelled or ran out."""
        need = self.get_object()
        rules.can_reopen_need(request.actor, need).require()
        form = DaysSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.reopen_need(request.actor, need=need, **form.validated_data)
        return Response(self._shown(done))

    @reads(QuestionSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def questions(self, request: Request, pk: str) -> Response:
        """What was asked and answered; for those who read the brief."""
        return Response(self._questions(selectors.questions_for(request.actor, self.get_object())))

    @writes(QuestionSerializer, status=201, request=QuestionFieldsSerializer)
    @questions.mapping.post
    @idempotent
    def ask(self, request: Request, pk: str) -> Response:
        """Ask the merchant; everyone who may bid reads it."""
        need = self.get_object()
        rules.can_ask_question(request.actor, need).require()
        form = QuestionFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = services.ask_question(request.actor, need=need, **form.validated_data)
        return Response(self._questions([asked])[0], status=201)

    @reads(CandidatesSerializer, OpenApiParameter("offset", int, description="Places to skip"))
    @action(detail=True)
    def candidates(self, request: Request, pk: str) -> Response:
        """The order of providers with the parts of each place; for the need's merchant."""
        need = self.get_object()
        rules.can_see_candidates(request.actor, need).require()
        offset = request.query_params.get("offset", "0")
        start = int(offset) if offset.isdecimal() and len(offset) < 9 else 0
        found = CandidateList(need)
        rows = found.slice(start, start + PAGE)
        services.log_exposures(request.actor, need=need, candidates=rows)
        answer = {
            "method": found.method.version,
            "count": len(found),
            "measurable": found.measurable,
            "results": rows,
        }
        return Response(CandidatesSerializer(answer).data)

    @writes(ProposalSerializer, status=201, request=InvitationSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def invitations(self, request: Request, pk: str) -> Response:
        """Ask a listed party of the kind the need looks for."""
        need = self.get_object()
        form = InvitationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        provider = form.validated_data["provider"]
        proposal = services.invite_provider(request.actor, need=need, provider=provider)
        return Response(self._shown_proposal(proposal), status=201)

    @writes(ProposalSerializer, status=201, request=ProposalFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def proposals(self, request: Request, pk: str) -> Response:
        """Answer the need for the acting provider."""
        need = self.get_object()
        rules.can_answer_need(request.actor, need).require()
        form = ProposalFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = ProposalFields(**form.validated_data)
        proposal = services.submit_proposal(request.actor, need=need, fields=fields)
        return Response(self._shown_proposal(proposal), status=201)

    def _bound(self, request: Request) -> NeedFieldsSerializer:
        form = NeedFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return form

    def _questions(self, questions: Sequence[Question]) -> Any:
        return QuestionSerializer(questions, many=True, context=self.get_serializer_context()).data

    def _shown_proposal(self, proposal: Proposal) -> dict[str, Any]:
        return dict(ProposalSerializer(proposal, context=self.get_serializer_context()).data)

    def _shown(self, need: Need) -> dict[str, Any]:
        whole = selectors.whole_needs(self.request.actor).get(pk=need.pk)
        return dict(NeedSerializer(whole, context=self.get_serializer_context()).data)
