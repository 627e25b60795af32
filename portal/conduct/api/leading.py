"""Operators: leading cases over the API, step by step as their page does. Evidence is uploaded
first; then its ids are named here."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from portal.conduct import rules, selectors, services
from portal.conduct.api.serializers import (
    UPLOADS,
    ConductCaseSerializer,
    ConductReportSerializer,
)
from portal.conduct.fields import ActionFields, ReportFields
from portal.conduct.models import Case, CorrectiveAction
from portal.conduct.states import CaseStatus, MeasureKind, Outcome
from portal.core import clock
from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import KeysetPagination
from portal.core.api.schema import reads, writes
from portal.parties.models import Party

FINDINGS = {
    "done": services.accept_action,
    "return": services.return_action,
    "fail": services.fail_action,
}
SAID = (
    *("decisions", "actions", "shown", "measures"),
    *("reports__evidence", "reports__case__rule", "reports__case__decisions"),
)
STATUS = OpenApiParameter("status", str, enum=CaseStatus.values)


class HearingSerializer(serializers.Serializer[Any]):
    """What the party said, to the charge or against the decision."""

    text = serializers.CharField()
    at = serializers.DateTimeField()
    evidence = serializers.SerializerMethodField()

    def get_evidence(self, said: Any) -> list[uuid.UUID]:
        return [file.pk for file in said.evidence.all()]


class MeasureSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(MeasureKind.values)
    reason = serializers.CharField()
    begun_at = serializers.DateTimeField()
    until = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_why = serializers.CharField()


class LedCaseSerializer(ConductCaseSerializer):
    """A case as those see it who lead it. `offered` are the files the party may be shown."""

    party = serializers.IntegerField(source="party_id")
    reports = ConductReportSerializer(many=True)
    offered = serializers.SerializerMethodField()
    hearing = serializers.SerializerMethodField()
    appeal = serializers.SerializerMethodField()
    measures = MeasureSerializer(many=True)

    def get_offered(self, case: Case) -> list[uuid.UUID]:
        return [file.pk for file in selectors.offered_evidence(case)]

    def get_hearing(self, case: Case) -> dict[str, Any] | None:
        said = selectors.hearing_of(case)
        return dict(HearingSerializer(said).data) if said else None

    def get_appeal(self, case: Case) -> dict[str, Any] | None:
        said = selectors.appeal_of(case)
        return dict(HearingSerializer(said).data) if said else None


class LedCaseRowSerializer(serializers.Serializer[Any]):
    """A case in the operators' list."""

    id = serializers.UUIDField(source="public_id")
    number = serializers.CharField()
    party = serializers.IntegerField(source="party_id")
    rule = serializers.CharField(source="rule.code")
    status = serializers.ChoiceField(CaseStatus.values)
    happened_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)


class OpenCaseSerializer(serializers.Serializer[Any]):
    party = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    rule = serializers.SlugField(max_length=40)
    text = serializers.CharField(max_length=2000, help_text="The draft of the charge.")
    happened_on = serializers.DateField()
    evidence = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=rules.MOST_EVIDENCE,
        default=list,
        help_text=UPLOADS.format("conduct-report"),
    )


class NotifyCaseSerializer(serializers.Serializer[Any]):
    charge = serializers.CharField(max_length=rules.MOST_CHARGE)
    rule = serializers.SlugField(max_length=40, default="", help_text="If another one fits better.")
    evidence = serializers.ListField(
        child=serializers.UUIDField(), default=list, help_text="Of `offered`."
    )


class ConductReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=rules.MOST_REASON)


class JudgeVerdictSerializer(ConductReasonSerializer):
    outcome = serializers.ChoiceField([Outcome.UPHELD, Outcome.OVERTURNED])


class AskActionSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=1000)
    due_on = serializers.DateField()


class CheckActionSerializer(ConductReasonSerializer):
    finding = serializers.ChoiceField([*FINDINGS, "extend"])
    due_on = serializers.DateField(default=None, allow_null=True, help_text="With `extend`.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["finding"] == "extend" and attrs["due_on"] is None:
            raise serializers.ValidationError({"due_on": [self.error_messages["required"]]})
        return attrs


class ImposeMeasureSerializer(ConductReasonSerializer):
    kind = serializers.ChoiceField(MeasureKind.values)
    last_day = serializers.DateField()


class LedCaseViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Case]):
    """Cases of the operator's regions; the newest first."""

    queryset = Case.objects.none()
    serializer_class = LedCaseRowSerializer
    pagination_class = KeysetPagination
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Case]:
        rules.may_lead_cases(self.request.actor).require()
        mine = Party.objects.in_scope_of(self.request.user)
        return Case.objects.filter(party__in=mine).select_related("party__city", "rule")

    @reads(LedCaseRowSerializer(many=True), STATUS)
    def list(self, request: Request) -> Response:
        """All cases, or those of one status."""
        rows = self.get_queryset()
        if (status := request.query_params.get("status")) is not None:
            rows = rows.filter(status=status)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(LedCaseRowSerializer(page, many=True).data)

    @reads(LedCaseSerializer)
    def retrieve(self, request: Request, public_id: uuid.UUID) -> Response:
        """One case with everything said in it."""
        return self._shown(public_id)

    @writes(LedCaseSerializer, status=201, request=OpenCaseSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Open a case without a report."""
        data = self._data(OpenCaseSerializer)
        rules.may_lead_cases(request.actor).require()
        party = get_object_or_404(Party.objects.in_scope_of(request.user), pk=data["party"])
        fields = ReportFields(data["rule"], data["text"], data["happened_on"])
        case = services.open_case(
            request.actor, party=party, fields=fields, evidence=data["evidence"]
        )
        return self._shown(case.public_id, status=201)

    @writes(LedCaseSerializer, request=NotifyCaseSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def notification(self, request: Request, public_id: uuid.UUID) -> Response:
        """Tell the party what it is accused of; its time to be heard begins."""
        case, data = self.get_object(), self._data(NotifyCaseSerializer)
        if code := data.pop("rule"):
            data["rule"] = get_object_or_404(
                selectors.rules_for(case.party, case.happened_on), code=code
            )
        services.notify_case(request.actor, case=case, **data)
        return self._shown(public_id)

    @writes(LedCaseSerializer, request=ConductReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def confirmation(self, request: Request, public_id: uuid.UUID) -> Response:
        """The rule was violated."""
        case, data = self.get_object(), self._data(ConductReasonSerializer)
        services.confirm_case(request.actor, case=case, **data)
        return self._shown(public_id)

    @writes(LedCaseSerializer, request=ConductReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def dismissal(self, request: Request, public_id: uuid.UUID) -> Response:
        """Nothing is held against the party."""
        case, data = self.get_object(), self._data(ConductReasonSerializer)
        services.dismiss_case(request.actor, case=case, **data)
        return self._shown(public_id)

    @writes(LedCaseSerializer, request=JudgeVerdictSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def judgement(self, request: Request, public_id: uuid.UUID) -> Response:
        """Answer the appeal, as somebody who did not decide."""
        case, data = self.get_object(), self._data(JudgeVerdictSerializer)
        outcome = Outcome(data["outcome"])
        services.judge_verdict(request.actor, case=case, outcome=outcome, reason=data["reason"])
        return self._shown(public_id)

    @writes(LedCaseSerializer, status=201, request=AskActionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def actions(self, request: Request, public_id: uuid.UUID) -> Response:
        """Ask the party for a corrective action."""
        case, data = self.get_object(), self._data(AskActionSerializer)
        services.ask_action(request.actor, case=case, fields=ActionFields(**data))
        return self._shown(public_id, status=201)

    @writes(LedCaseSerializer, request=CheckActionSerializer)
    @action(detail=True, methods=["post"], url_path="actions/(?P<key>[0-9a-f-]+)/finding")
    @idempotent
    def finding(self, request: Request, public_id: uuid.UUID, key: str) -> Response:
        """Say whether a corrective action was done, or give it more time."""
        case, data = self.get_object(), self._data(CheckActionSerializer)
        row = get_object_or_404(case.actions.all(), pk=key)
        self._find(row, **data)
        return self._shown(public_id)

    @writes(LedCaseSerializer, status=201, request=ImposeMeasureSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def measures(self, request: Request, public_id: uuid.UUID) -> Response:
        """Hide or suspend the party, to the end of a day in Shanghai."""
        case, data = self.get_object(), self._data(ImposeMeasureSerializer)
        services.impose_measure(
            request.actor,
            case=case,
            kind=MeasureKind(data["kind"]),
            reason=data["reason"],
            until=datetime.combine(data["last_day"], time.max, clock.SHANGHAI),
        )
        return self._shown(public_id, status=201)

    @writes(LedCaseSerializer, request=ConductReasonSerializer)
    @action(detail=True, methods=["post"], url_path="measures/(?P<key>[0-9]{1,18})/end")
    @idempotent
    def measure_end(self, request: Request, public_id: uuid.UUID, key: str) -> Response:
        """End a measure before its time."""
        case, data = self.get_object(), self._data(ConductReasonSerializer)
        measure = get_object_or_404(case.measures.all(), pk=key)
        services.end_measure(request.actor, measure=measure, **data)
        return self._shown(public_id)

    def _find(self, row: CorrectiveAction, finding: str, reason: str, due_on: Any) -> None:
        if finding == "extend":
            services.extend_action(self.request.actor, action=row, due_on=due_on, reason=reason)
        else:
            FINDINGS[finding](self.request.actor, action=row, reason=reason)

    def _data(self, kind: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        form = kind(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _shown(self, public_id: uuid.UUID, status: int = 200) -> Response:
        case = get_object_or_404(self.get_queryset().prefetch_related(*SAID), public_id=public_id)
        return Response(LedCaseSerializer(case).data, status=status)
