"""Needs and proposals over the API: the same services and sentences as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.api.proposals import ProposalFieldsSerializer, ProposalSerializer
from matchmaking.needs.api.questions import QuestionFieldsSerializer, QuestionSerializer
from matchmaking.needs.api.shapes import (
    CandidatesSerializer,
    DaysSerializer,
    ExtensionSerializer,
    FitSerializer,
    InvitationSerializer,
    NeedFieldsSerializer,
    NeedSerializer,
)
from matchmaking.needs.fields import ProposalFields
from matchmaking.needs.models import Need, Proposal, Question
from matchmaking.needs.ranking import CandidateList, fit_of
from matchmaking.needs.states import Seeks, Turn
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.profile_states import FactPart

PAGE = 20


class NeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Need]):
    """Needs: open ones, and one's own."""

    queryset = Need.objects.none()
    serializer_class = NeedSerializer

    def get_queryset(self) -> QuerySet[Need]:
        actor = self.request.actor
        if self.action == "list":
            rows = selectors.needs_for(actor, self.request.query_params.get("view", "open"))
            return selectors.narrowed(rows, self._asked())
        return selectors.whole_needs(actor).visible_to(actor)

    @reads(
        NeedSerializer(many=True),
        OpenApiParameter("view", str, enum=["open", "ours", "answered", *Turn.values]),
        OpenApiParameter("q", str, description="Words of the title"),
        OpenApiParameter("seeks", str, enum=Seeks.values),
        OpenApiParameter("category", str, description="Code of a first-level category"),
        OpenApiParameter("service", str, description="Code of a service type"),
        OpenApiParameter("fact", str, enum=FactPart.values),
        OpenApiParameter("city", str, description="Code of a city; needs for any place count"),
        OpenApiParameter("remote", bool, description="May be done remotely"),
        OpenApiParameter("budget", int, description="Pays at least so many yuan a month"),
    )
    def list(self, request: Request) -> Response:
        """Newest first. A filter that is not sound is refused with its field."""
        return super().list(request)

    def _asked(self) -> dict[str, Any]:
        form = forms.NeedFilterForm(self.request.query_params)
        if not form.is_valid():
            raise ValidationError(
                {name: [str(fault) for fault in faults] for name, faults in form.errors.items()}
            )
        return form.asked

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

    @reads(FitSerializer)
    @action(detail=True)
    def fit(self, request: Request, pk: str) -> Response:
        """What the acting bidder fits and lacks, by the conditions of the order."""
        need = self.get_object()
        rules.can_see_fit(request.actor, need).require()
        return Response(FitSerializer(fit_of(need, request.actor.party)).data)

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
