"""Frameworks as the API says them: fen, basis points, days half open."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from portal.revenue.engine.agreement import LadderMode
from portal.tiers.framework_states import (
    MOST_MEETINGS,
    MOST_MONTHS,
    DecisionStatus,
    FrameworkSide,
    FrameworkStatus,
)

MODES = [(mode.value, mode.value) for mode in LadderMode]
OUTCOMES = [(one.value, one.label) for one in (DecisionStatus.DONE, DecisionStatus.DROPPED)]


class FrameworkBandSerializer(serializers.Serializer[Any]):
    """Of a month's net GMV; the last step has no limit."""

    up_to_fen = serializers.IntegerField(min_value=1, allow_null=True)
    rate_bp = serializers.IntegerField(min_value=0, max_value=10_000)


class FrameworkTermsSerializer(serializers.Serializer[Any]):
    """Whole months from the first day of one on; `targets` is settled net GMV month by month."""

    starts_on = serializers.DateField(help_text="The first day of a month to come.")
    targets = serializers.ListField(
        child=serializers.IntegerField(min_value=0), min_length=1, max_length=MOST_MONTHS
    )
    bands = FrameworkBandSerializer(many=True)
    mode = serializers.ChoiceField(MODES, default="marginal")
    creators = serializers.IntegerField(min_value=0, default=0)
    meetings = serializers.ListField(child=serializers.DateField(), max_length=MOST_MEETINGS)
    extras = serializers.CharField(max_length=1_000, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class NewFrameworkSerializer(FrameworkTermsSerializer):
    """`party`: for operators, the agency; one's own where it is left out. `before`: the framework
    that this renews."""

    party = serializers.IntegerField(min_value=1, required=False)
    before = serializers.UUIDField(required=False)


class FrameworkVersionSerializer(serializers.Serializer[Any]):
    """One version; what it says never changes."""

    id = serializers.UUIDField(source="version.pk")
    number = serializers.IntegerField(source="version.number")
    version_status = serializers.CharField(source="version.status")
    proposed_by = serializers.CharField(
        source="version.proposed_by", help_text="payer: the platform; payee: the agency."
    )
    proposed_at = serializers.DateTimeField(source="version.proposed_at")
    expires_at = serializers.DateTimeField(source="version.expires_at")
    sha256 = serializers.CharField(source="version.sha256")
    starts_on = serializers.DateField(source="fields.starts_on")
    ends_on = serializers.DateField(source="fields.ends_on")
    targets = serializers.ListField(child=serializers.IntegerField(), source="fields.targets")
    bands = serializers.SerializerMethodField()
    mode = serializers.CharField(source="fields.mode")
    creators = serializers.IntegerField(source="fields.creators")
    meetings = serializers.ListField(child=serializers.DateField(), source="fields.meetings")
    extras = serializers.CharField(source="fields.extras")
    note = serializers.CharField(source="fields.note")

    def get_bands(self, shown: Any) -> list[dict[str, int | None]]:
        return [{"up_to_fen": top, "rate_bp": rate} for top, rate in shown.fields.bands]


class FrameworkMonthSerializer(serializers.Serializer[Any]):
    """`rebate_fen` is an estimate for what was reached, `expected_fen` for what is projected;
    neither is posted."""

    month = serializers.CharField(help_text="2027-03")
    target_fen = serializers.IntegerField(source="target")
    actual_fen = serializers.IntegerField(source="actual")
    projected_fen = serializers.IntegerField(source="projected")
    rebate_fen = serializers.IntegerField(source="rebate")
    expected_fen = serializers.IntegerField(source="expected")
    orders = serializers.IntegerField()
    struck = serializers.IntegerField(help_text="Suspicious orders, not counted.")


class FrameworkDecisionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    text = serializers.CharField(max_length=300)
    side = serializers.ChoiceField(FrameworkSide.choices)
    owner = serializers.CharField(max_length=60)
    due_on = serializers.DateField()
    decision_status = serializers.CharField(source="status", read_only=True)
    outcome = serializers.CharField(read_only=True)


class FrameworkMeetingSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    planned_on = serializers.DateField()
    held_on = serializers.DateField(allow_null=True)
    minutes = serializers.CharField()
    decisions = FrameworkDecisionSerializer(many=True)


class FrameworkMeetingDaySerializer(serializers.Serializer[Any]):
    planned_on = serializers.DateField()


class FrameworkMinutesSerializer(serializers.Serializer[Any]):
    """They stay as they are written."""

    held_on = serializers.DateField()
    minutes = serializers.CharField(max_length=4_000)
    decisions = FrameworkDecisionSerializer(many=True, default=list)


class FrameworkOutcomeSerializer(serializers.Serializer[Any]):
    outcome_status = serializers.ChoiceField(OUTCOMES)
    outcome = serializers.CharField(max_length=300, allow_blank=True, default="")


class FrameworkClosingSerializer(serializers.Serializer[Any]):
    closing = serializers.CharField(max_length=600, help_text="The agency reads this.")


class FrameworkSerializer(serializers.Serializer[Any]):
    """The sums are as of the end of `as_of`; `rebate_fen` is an estimate that nobody posted."""

    id = serializers.UUIDField()
    party = serializers.IntegerField(source="party_id")
    status = serializers.ChoiceField(FrameworkStatus.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The first day that no longer counts.")
    proposed_by = serializers.ChoiceField(FrameworkSide.choices)
    before = serializers.UUIDField(source="before_id", allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    closing = serializers.CharField()
    as_of = serializers.DateField(allow_null=True)
    target_fen = serializers.IntegerField()
    due_fen = serializers.IntegerField(help_text="Planned for the days so far.")
    actual_fen = serializers.IntegerField()
    projected_fen = serializers.IntegerField()
    rebate_fen = serializers.IntegerField()
