"""Rules, reports, cases and corrective actions as the API tells them."""

from __future__ import annotations

import uuid
from typing import Any

from rest_framework import serializers

from portal.conduct import selectors
from portal.conduct.models import Case, CorrectiveAction, Report
from portal.conduct.states import ActionStatus, CaseStatus, Outcome, Severity, Stage

UPLOADS = "Uploads of yours for the purpose {0}."


class ConductRuleSerializer(serializers.Serializer[Any]):
    """A row of the rule book."""

    code = serializers.SlugField()
    title = serializers.CharField()
    text = serializers.CharField()
    severity = serializers.ChoiceField(Severity.values)
    points = serializers.IntegerField(help_text="Halved every 180 days.")
    lapse_days = serializers.IntegerField()
    gate = serializers.CharField(help_text="Of the evaluation; empty for none.")
    party_kinds = serializers.ListField(child=serializers.CharField())
    hearing_days = serializers.IntegerField(help_text="Working days.")
    appeal_days = serializers.IntegerField(help_text="Working days.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class ViolationSerializer(serializers.Serializer[Any]):
    """A violation in force, as everybody may read it."""

    rule = serializers.CharField(source="rule.code")
    title = serializers.CharField(source="rule.title")
    severity = serializers.ChoiceField(Severity.values, source="rule.severity")
    confirmed_at = serializers.DateTimeField()
    lapses_on = serializers.DateField()


class FileReportSerializer(serializers.Serializer[Any]):
    party = serializers.IntegerField(help_text="Whom you report.")
    rule = serializers.SlugField(help_text="A code of the rule book.")
    text = serializers.CharField(max_length=2000)
    happened_on = serializers.DateField()
    place = serializers.CharField(
        max_length=20, required=False, allow_blank=True, default="", help_text="cooperation"
    )
    key = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    evidence = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=3,
        default=list,
        help_text=UPLOADS.format("conduct-report"),
    )


class ReportOutcomeSerializer(serializers.Serializer[Any]):
    is_violation = serializers.BooleanField()
    reason = serializers.CharField()


class ConductReportSerializer(serializers.Serializer[Any]):
    """What you reported. `outcome` is told once the party can appeal no more."""

    id = serializers.UUIDField(source="public_id")
    party = serializers.IntegerField(source="case.party_id")
    rule = serializers.CharField(source="case.rule.code")
    text = serializers.CharField()
    happened_on = serializers.DateField()
    evidence = serializers.SerializerMethodField()
    at = serializers.DateTimeField()
    outcome = serializers.SerializerMethodField()

    def get_evidence(self, report: Report) -> list[uuid.UUID]:
        return [file.pk for file in report.evidence.all()]

    def get_outcome(self, report: Report) -> dict[str, Any] | None:
        end = selectors.end_of(report)
        return dict(ReportOutcomeSerializer(end).data) if end else None


class ConductDecisionSerializer(serializers.Serializer[Any]):
    """Who decided is not told."""

    stage = serializers.ChoiceField(Stage.values)
    outcome = serializers.ChoiceField(Outcome.values)
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class CorrectiveActionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    text = serializers.CharField()
    status = serializers.ChoiceField(ActionStatus.values)
    due_on = serializers.DateField()
    handed_in_at = serializers.DateTimeField(allow_null=True)
    is_on_time = serializers.BooleanField(allow_null=True)


class ConductCaseSerializer(serializers.Serializer[Any]):
    """A case about your party. `due_on` is the last day of whoever is to act."""

    id = serializers.UUIDField(source="public_id")
    number = serializers.CharField()
    rule = serializers.CharField(source="rule.code")
    title = serializers.CharField(source="rule.title")
    status = serializers.ChoiceField(CaseStatus.values)
    charge = serializers.CharField()
    happened_on = serializers.DateField()
    evidence = serializers.SerializerMethodField()
    notified_at = serializers.DateTimeField()
    due_on = serializers.DateField(allow_null=True)
    points = serializers.IntegerField(allow_null=True)
    gate = serializers.CharField()
    lapses_on = serializers.DateField(allow_null=True)
    decisions = ConductDecisionSerializer(many=True)
    actions = serializers.SerializerMethodField()

    def get_evidence(self, case: Case) -> list[uuid.UUID]:
        return [file.pk for file in case.shown.all()]

    def get_actions(self, case: Case) -> list[dict[str, Any]]:
        actions: list[CorrectiveAction] = sorted(
            case.actions.all(), key=lambda action: action.due_on
        )
        return [dict(CorrectiveActionSerializer(action).data) for action in actions]


class ConductAnswerSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=3000)
    evidence = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=3,
        default=list,
        help_text=UPLOADS.format("conduct-answer"),
    )
