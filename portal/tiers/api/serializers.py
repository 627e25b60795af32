"""Stars as the API says them. Upload evidence first, then name its ids here."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from portal.tiers import rules
from portal.tiers.states import (
    AppealStatus,
    ApplicationStatus,
    BenefitKind,
    Movement,
    NotCounted,
    ReviewStatus,
)

UPLOADS = "Uploads of yours for the purpose star-evidence."


class StarRungSerializer(serializers.Serializer[Any]):
    """What one star asks; all of it must be passed."""

    stars = serializers.IntegerField(help_text="1 to 5.")
    creators = serializers.IntegerField(help_text="Active creators.")
    net_fen = serializers.IntegerField(help_text="Settled net GMV of the quarter.")
    health = serializers.IntegerField(help_text="Hundredths of a point.")


class StarBenefitSerializer(serializers.Serializer[Any]):
    """It stays at the stars above, unless they bring more."""

    stars = serializers.IntegerField()
    kind = serializers.ChoiceField(BenefitKind.choices)
    amount = serializers.IntegerField()


class StarRulesSerializer(serializers.Serializer[Any]):
    """The table that judges quarters from its day on, until the next one."""

    id = serializers.IntegerField()
    starts_on = serializers.DateField()
    least_days = serializers.IntegerField()
    selling_days = serializers.IntegerField()
    within_days = serializers.IntegerField()
    least_orders = serializers.IntegerField()
    freeze_days = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment] # a field of this name
    checked_on = serializers.DateField()
    announced_on = serializers.DateField(allow_null=True)
    rungs = StarRungSerializer(many=True)
    benefits = StarBenefitSerializer(many=True)


class StarHolderSerializer(serializers.Serializer[Any]):
    """An agency and the stars it holds; `number` opens the proof."""

    party = serializers.IntegerField(source="party_id")
    name = serializers.CharField(source="party.name")
    stars = serializers.IntegerField()
    since = serializers.DateField()
    in_grace_until = serializers.DateField(allow_null=True)
    number = serializers.CharField()


class StarWindowSerializer(serializers.Serializer[Any]):
    """When agencies apply for the stars of a quarter, are told, and hold them."""

    id = serializers.IntegerField(read_only=True)
    year = serializers.IntegerField()
    quarter = serializers.IntegerField(min_value=1, max_value=4)
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    announces_on = serializers.DateField()
    effective_on = serializers.DateField()


class StarReviewSerializer(serializers.Serializer[Any]):
    """One quarter of an agency. `reached` is by the numbers alone, `result` what is held from
    `held_from` on; empty until it is told."""

    id = serializers.IntegerField()
    party = serializers.IntegerField(source="party_id")
    year = serializers.IntegerField()
    quarter = serializers.IntegerField()
    status = serializers.ChoiceField(ReviewStatus.choices)
    as_of = serializers.DateField()
    rules = serializers.IntegerField(source="rules_id")
    window = serializers.IntegerField(source="window_id", allow_null=True)
    creators = serializers.IntegerField()
    net_fen = serializers.IntegerField()
    struck = serializers.IntegerField(help_text="Suspicious orders, not counted.")
    health = serializers.IntegerField(allow_null=True, help_text="Hundredths of a point.")
    days = serializers.IntegerField(help_text="Since it was verified.")
    has_violation = serializers.BooleanField()
    more_creators = serializers.IntegerField(help_text="Accepted by evidence.")
    more_net_fen = serializers.IntegerField(help_text="Accepted by evidence.")
    before = serializers.IntegerField()
    reached = serializers.IntegerField()
    result = serializers.IntegerField()
    movement = serializers.ChoiceField(Movement.choices)
    held_from = serializers.DateField(allow_null=True)


class CountedCreatorSerializer(serializers.Serializer[Any]):
    """One creator behind a quarter's numbers, and why it is not counted."""

    id = serializers.IntegerField()
    creator = serializers.IntegerField(source="creator_id")
    name = serializers.CharField(source="creator.name")
    is_counted = serializers.BooleanField()
    lack = serializers.ChoiceField([("", ""), *NotCounted.choices], allow_blank=True)
    is_here = serializers.BooleanField(help_text="Under contract at the quarter's end.")
    selling_days = serializers.IntegerField(allow_null=True)
    recent_orders = serializers.IntegerField()
    orders = serializers.IntegerField()
    struck = serializers.IntegerField()
    net_fen = serializers.IntegerField()


class StarApplyingSerializer(serializers.Serializer[Any]):
    """What the feed lacks; nothing, if the known numbers are enough."""

    note = serializers.CharField(
        max_length=rules.MOST_NOTE, required=False, allow_blank=True, default=""
    )
    more_creators = serializers.IntegerField(min_value=0, default=0)
    more_net_fen = serializers.IntegerField(min_value=0, default=0)
    evidence = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=5, help_text=UPLOADS
    )


class StarApplicationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    review = serializers.IntegerField(source="review_id")
    stars = serializers.IntegerField()
    note = serializers.CharField()
    more_creators = serializers.IntegerField()
    more_net_fen = serializers.IntegerField()
    status = serializers.ChoiceField(ApplicationStatus.choices)
    submitted_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    reason = serializers.CharField()


class StarAnswerSerializer(serializers.Serializer[Any]):
    """An answer of the platform: how much of the evidence counts, and a sentence the agency
    reads."""

    grants = serializers.BooleanField()
    reason = serializers.CharField(max_length=rules.MOST_SENTENCE)
    creators = serializers.IntegerField(min_value=0, default=0)
    net_fen = serializers.IntegerField(min_value=0, default=0)


class StarObjectingSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=rules.MOST_NOTE)
    evidence = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=5, help_text=UPLOADS
    )


class StarAppealSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    review = serializers.IntegerField(source="review_id")
    said_result = serializers.IntegerField(help_text="The stars objected to.")
    text = serializers.CharField()
    status = serializers.ChoiceField(AppealStatus.choices)
    filed_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    sentence = serializers.CharField()
