"""Tasks and claims as machines see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.parties.states import PartyKind
from portal.rewards import rules
from portal.rewards.api import examples
from portal.rewards.models import Claim
from portal.rewards.states import (
    AppealStatus,
    Check,
    ClaimStatus,
    Consequence,
    Fold,
    Hold,
    Line,
    Since,
    Standing,
    StepEvent,
    TaskStatus,
    Unit,
)


class TaskStepSerializer(serializers.Serializer[Any]):
    """`target`: records, or what they add up to. `scope`: only records of it; empty is any."""

    step_event = serializers.ChoiceField(StepEvent.choices, source="event")
    fold = serializers.ChoiceField(Fold.choices, default=Fold.COUNT.value)
    target = serializers.IntegerField(min_value=1)
    scope = serializers.CharField(max_length=60, allow_blank=True, default="")
    since = serializers.ChoiceField(Since.choices, default=Since.CLAIM.value)


class TaskAudienceSerializer(serializers.Serializer[Any]):
    """Empty is everybody of these kinds; scores in hundredths of a point."""

    kinds = serializers.ListField(
        child=serializers.ChoiceField(PartyKind.choices), min_length=1, max_length=4
    )
    sizes = serializers.ListField(
        child=serializers.CharField(max_length=1), default=list, max_length=3
    )
    services = serializers.ListField(
        child=serializers.CharField(max_length=40), default=list, max_length=40
    )
    least_stars = serializers.IntegerField(allow_null=True, default=None)
    most_stars = serializers.IntegerField(allow_null=True, default=None)
    least_score = serializers.IntegerField(allow_null=True, default=None)
    most_score = serializers.IntegerField(allow_null=True, default=None)
    least_followers = serializers.IntegerField(allow_null=True, default=None)
    most_followers = serializers.IntegerField(allow_null=True, default=None)


@examples.shown("A published task", examples.TASK)
class GrowthTaskSerializer(serializers.Serializer[Any]):
    """`amount`: fen of cash, or points of a traffic coupon; the two are never added up. `left`:
    rewards that nobody has yet."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    season = serializers.CharField(source="programme.code")
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    task_status = serializers.ChoiceField(TaskStatus.choices, source="status")
    indicator = serializers.CharField()
    line = serializers.ChoiceField(Line.choices, allow_blank=True)
    audience = TaskAudienceSerializer(source="*")
    steps = TaskStepSerializer(many=True, source="steps.all")
    quota = serializers.IntegerField()
    left = serializers.IntegerField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    begin_days = serializers.IntegerField(allow_null=True)
    finish_days = serializers.IntegerField()
    check_by = serializers.ChoiceField(Check.choices)
    reward_hold = serializers.ChoiceField(Hold.choices, source="hold")
    reward_unit = serializers.ChoiceField(Unit.choices, source="unit")
    amount = serializers.IntegerField()
    close_reason = serializers.CharField()


@examples.shown("Three days live", examples.NEW_TASK)
class NewTaskSerializer(serializers.Serializer[Any]):
    """`amount_fen` of a task paid in cash, else `coupon_kind`. `season`: its code, of a new one."""

    season = serializers.SlugField(max_length=40)
    code = serializers.CharField(max_length=60)
    title_zh = serializers.CharField(max_length=60)
    title_en = serializers.CharField(max_length=90)
    text_zh = serializers.CharField(max_length=2000)
    text_en = serializers.CharField(max_length=3000)
    audience = TaskAudienceSerializer()
    steps = TaskStepSerializer(many=True)
    quota = serializers.IntegerField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    finish_days = serializers.IntegerField()
    reward_unit = serializers.ChoiceField(Unit.choices)
    amount_fen = serializers.IntegerField(default=0)
    coupon_kind = serializers.IntegerField(allow_null=True, default=None)
    begin_days = serializers.IntegerField(allow_null=True, default=None)
    check_by = serializers.ChoiceField(Check.choices, default=Check.RECORDS.value)
    reward_hold = serializers.ChoiceField(Hold.choices, default=Hold.CLAIM.value)
    indicator = serializers.CharField(max_length=20, allow_blank=True, default="")
    line = serializers.ChoiceField(Line.choices, allow_blank=True, default="")


class TaskReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=600)


class PathStepSerializer(serializers.Serializer[Any]):
    """`counted` counts already; `lately`: in as many days as the task gives, for comparison."""

    step_event = serializers.ChoiceField(StepEvent.choices, source="event")
    fold = serializers.ChoiceField(Fold.choices)
    target = serializers.IntegerField()
    scope = serializers.CharField()
    counted = serializers.IntegerField()
    lately = serializers.IntegerField()


class TaskPathSerializer(serializers.Serializer[Any]):
    """What a task would take if it were claimed now; `why_not` is empty where it can be."""

    may_claim = serializers.BooleanField()
    why_not = serializers.CharField()
    steps = PathStepSerializer(many=True)
    left = serializers.IntegerField()
    pool_left = serializers.IntegerField()
    begin_by = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField()


class ClaimStepSerializer(serializers.Serializer[Any]):
    step_event = serializers.ChoiceField(StepEvent.choices, source="step.event")
    target = serializers.IntegerField(source="step.target")
    done = serializers.IntegerField()
    rest = serializers.IntegerField()
    reached_at = serializers.DateTimeField(allow_null=True)


class TaskRevocationSerializer(serializers.Serializer[Any]):
    """`lost`: points of a coupon that were used already and stay used."""

    reason = serializers.CharField()
    consequence = serializers.ChoiceField(Consequence.choices)
    barred_until = serializers.DateField(allow_null=True)
    amount = serializers.IntegerField()
    lost = serializers.IntegerField()
    at = serializers.DateTimeField()


@examples.shown("On its way", examples.CLAIM)
class TaskClaimSerializer(serializers.Serializer[Any]):
    """`missed_out`: done and right, but the last reward had gone to somebody else. `appeal_until`:
    the last day to object, where there is something to object to."""

    id = serializers.UUIDField()
    task = serializers.IntegerField(source="task_id")
    party = serializers.IntegerField(source="party_id")
    task_claim_status = serializers.ChoiceField(ClaimStatus.choices, source="status")
    reward_standing = serializers.ChoiceField(Standing.choices, source="standing")
    reward_unit = serializers.ChoiceField(Unit.choices, source="task.unit")
    amount = serializers.IntegerField()
    steps = ClaimStepSerializer(many=True, source="steps.all")
    claimed_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    rewarded_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    missed_out = serializers.BooleanField()
    appeal_until = serializers.SerializerMethodField()
    revocation = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_appeal_until(self, claim: Claim) -> date | None:
        return rules.appeal_until(claim)

    @extend_schema_field(TaskRevocationSerializer(allow_null=True))
    def get_revocation(self, claim: Claim) -> Any:
        standing = [one for one in claim.revocations.all() if one.lifted_at is None]
        return TaskRevocationSerializer(standing[0]).data if standing else None


class TaskSubmissionSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=600, allow_blank=True, default="")


class TaskVerdictSerializer(serializers.Serializer[Any]):
    passes = serializers.BooleanField()
    reason = serializers.CharField(
        max_length=600, allow_blank=True, default="", help_text="Required where it does not pass."
    )


class TaskRevokingSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=600)
    consequence = serializers.ChoiceField(Consequence.choices)
    barred_until = serializers.DateField(allow_null=True, default=None)


class TaskObjectingSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2000)
    evidence = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=rules.MOST_EVIDENCE,
        default=list,
        help_text="Uploads of yours for the purpose task-evidence.",
    )


class TaskEvidenceSerializer(serializers.Serializer[Any]):
    """`address`: where those who may read it find it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    address = serializers.CharField(source="get_absolute_url")


@examples.shown("An objection with a file", examples.APPEAL)
class TaskAppealSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    task_claim = serializers.UUIDField(source="claim_id")
    against = serializers.CharField()
    said = serializers.CharField(help_text="The reason that was given.")
    text = serializers.CharField()
    evidence = TaskEvidenceSerializer(many=True, source="evidence.all")
    task_appeal_status = serializers.ChoiceField(AppealStatus.choices, source="status")
    filed_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    sentence = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class TaskAppealAnswerSerializer(serializers.Serializer[Any]):
    grants = serializers.BooleanField()
    sentence = serializers.CharField(max_length=600)
