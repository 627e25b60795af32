"""Reporting, and the accused party's side, over the API. Evidence is uploaded first; then its ids
are named here."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.conduct import rules, selectors, services
from portal.conduct.api.serializers import (
    ConductAnswerSerializer,
    ConductCaseSerializer,
    ConductReportSerializer,
    ConductRuleSerializer,
    CorrectiveActionSerializer,
    FileReportSerializer,
    ViolationSerializer,
)
from portal.conduct.fields import ReportFields
from portal.conduct.models import Case, CorrectiveAction, Report, Rule
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.models import Party


class ConductRuleListView(generics.ListAPIView[Any]):
    """The rule book: what is in force today, and what begins later."""

    serializer_class = ConductRuleSerializer
    permission_classes = (AllowAny,)
    pagination_class = None

    def get_queryset(self) -> QuerySet[Rule]:
        return selectors.rule_book()


class ViolationListView(generics.GenericAPIView[Any]):
    """Violations of a listed party that are in force."""

    serializer_class = ViolationSerializer
    queryset = Case.objects.none()
    permission_classes = (AllowAny,)
    pagination_class = None

    @reads(ViolationSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        party = get_object_or_404(Party.objects.listed(), pk=pk)
        return Response(ViolationSerializer(selectors.violations_of(party), many=True).data)


class ConductReportViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Report]
):
    """What this person reported."""

    queryset = Report.objects.none()
    serializer_class = ConductReportSerializer
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Report]:
        mine = selectors.with_decisions(selectors.reports_of(self.request.actor))
        return mine.prefetch_related("evidence")

    @writes(ConductReportSerializer, status=201, request=FileReportSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Report a party. It never learns who reported."""
        form = FileReportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        place = (data["place"], data["key"])
        parties = selectors.reportable_parties(request.actor, *place)
        report = services.report_conduct(
            request.actor,
            party=get_object_or_404(parties, pk=data["party"]),
            fields=ReportFields(data["rule"], data["text"], data["happened_on"], place),
            evidence=data["evidence"],
        )
        shown = self.get_queryset().get(pk=report.pk)
        return Response(ConductReportSerializer(shown).data, status=201)


class ConductCaseViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Case]
):
    """Cases about the party you sign for."""

    queryset = Case.objects.none()
    serializer_class = ConductCaseSerializer
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Case]:
        actor = self.request.actor
        if actor.party is not None:
            rules.may_sign(actor, actor.party).require()
        related = ("decisions", "actions", "shown")
        return selectors.cases_of(actor).prefetch_related(*related)

    @writes(ConductCaseSerializer, status=201, request=ConductAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def statement(self, request: Request, public_id: uuid.UUID) -> Response:
        """Answer the charge, once and within the time."""
        case, data = self.get_object(), self._data(request)
        services.answer_case(request.actor, case=case, **data)
        return self._shown(case)

    @writes(ConductCaseSerializer, status=201, request=ConductAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def appeal(self, request: Request, public_id: uuid.UUID) -> Response:
        """Object to the decision; somebody who did not decide answers."""
        case, data = self.get_object(), self._data(request)
        services.appeal_verdict(request.actor, case=case, **data)
        return self._shown(case)

    @writes(ConductCaseSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, public_id: uuid.UUID) -> Response:
        """Take the appeal back before it is answered; the decision is in force at once."""
        case = services.withdraw_verdict_appeal(request.actor, case=self.get_object())
        shown = self.get_queryset().get(pk=case.pk)
        return Response(ConductCaseSerializer(shown).data)

    def _data(self, request: Request) -> dict[str, Any]:
        form = ConductAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _shown(self, case: Case) -> Response:
        shown = self.get_queryset().get(pk=case.pk)
        return Response(ConductCaseSerializer(shown).data, status=201)


class CorrectiveActionEvidenceView(generics.GenericAPIView[Any]):
    """Say what was done, with evidence; an operator checks it."""

    serializer_class = CorrectiveActionSerializer
    queryset = CorrectiveAction.objects.none()

    @writes(CorrectiveActionSerializer, status=201, request=ConductAnswerSerializer)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        mine = CorrectiveAction.objects.visible_to(request.actor).select_related("case")
        row = get_object_or_404(mine, pk=pk)
        form = ConductAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.hand_in_action(request.actor, action=row, **form.validated_data)
        return Response(CorrectiveActionSerializer(done).data, status=201)
