"""The mark as the API says it. Upload documents first, then name their ids here."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from portal.tiers import rules
from portal.tiers.certification_states import (
    CertificationStatus,
    MarkEnd,
    PaperKind,
    PapersAnswer,
    ReviewVerdict,
)
from portal.tiers.states import AppealStatus

UPLOAD = "An upload of yours for the purpose certification-paper."


class CertificationMethodSerializer(serializers.Serializer[Any]):
    """`document` is the file of the command `evaluate`."""

    id = serializers.IntegerField()
    version = serializers.CharField()
    digest = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # a field of this name
    document = serializers.JSONField()


class CertificationRoundSerializer(serializers.Serializer[Any]):
    """A year's round; judged by the four quarters up to the last one named."""

    id = serializers.IntegerField(read_only=True)
    year = serializers.IntegerField()
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    publishes_on = serializers.DateField()
    valid_until = serializers.DateField()
    last_year = serializers.IntegerField()
    last_quarter = serializers.IntegerField(min_value=1, max_value=4)
    method = serializers.IntegerField(source="method_id")
    places = serializers.IntegerField(min_value=1, max_value=100, default=100)
    least_stars = serializers.IntegerField(min_value=0, max_value=5, default=4)
    least_days = serializers.IntegerField(min_value=0, default=365)
    newcomer_fen = serializers.IntegerField(min_value=0, default=1_000_000)
    granted = serializers.IntegerField(read_only=True)
    scored_at = serializers.DateTimeField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True)


class CertificationMarkSerializer(serializers.Serializer[Any]):
    """`number` opens the proof; `is_held` says whether it stands for a mark today."""

    year = serializers.IntegerField(source="round.year")
    party = serializers.IntegerField(source="party_id")
    name = serializers.CharField(source="party.name")
    rank = serializers.IntegerField()
    number = serializers.CharField()
    granted_at = serializers.DateTimeField()
    valid_until = serializers.DateField(source="round.valid_until")
    is_held = serializers.BooleanField()
    end = serializers.ChoiceField([("", ""), *MarkEnd.choices], allow_blank=True)


class CertificationPaperSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(PaperKind.choices)
    file = serializers.UUIDField(source="file_id")
    expires_on = serializers.DateField(allow_null=True)


class CertificationAddingSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(PaperKind.choices)
    file = serializers.UUIDField(help_text=UPLOAD)
    expires_on = serializers.DateField(allow_null=True, default=None)


class CertificationCheckSerializer(serializers.Serializer[Any]):
    """What is checked by itself; `fix` says what to do where it is not met."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a field of this name
    is_met = serializers.BooleanField()
    fix = serializers.CharField()


class CertificationApplicationSerializer(serializers.Serializer[Any]):
    """Score in points, empty until it is made; health in hundredths of a point."""

    id = serializers.UUIDField()
    round = serializers.IntegerField(source="round_id")
    party = serializers.IntegerField(source="party_id")
    renews = serializers.UUIDField(source="renews_id", allow_null=True)
    status = serializers.ChoiceField(CertificationStatus.choices)
    strengths = serializers.CharField()
    cases = serializers.CharField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    asked = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    net_fen = serializers.IntegerField()
    median_income_fen = serializers.IntegerField()
    health = serializers.IntegerField()
    incubated = serializers.IntegerField()
    inputs_hash = serializers.CharField()
    scores_hash = serializers.CharField()
    rank = serializers.IntegerField(allow_null=True)
    is_tied = serializers.BooleanField()
    reason = serializers.CharField()
    papers = CertificationPaperSerializer(many=True)


class CertificationApplyingSerializer(serializers.Serializer[Any]):
    """A draft as it stands; may be short until it is handed in."""

    strengths = serializers.CharField(max_length=rules.MOST_NOTE, allow_blank=True, default="")
    cases = serializers.CharField(max_length=rules.MOST_NOTE, allow_blank=True, default="")


class CertificationStartingSerializer(serializers.Serializer[Any]):
    round = serializers.IntegerField()


class CertificationCreatorSerializer(serializers.Serializer[Any]):
    """One creator behind a score."""

    id = serializers.IntegerField()
    creator = serializers.IntegerField(source="creator_id")
    name = serializers.CharField(source="creator.name")
    net_fen = serializers.IntegerField()
    struck = serializers.IntegerField()
    income_fen = serializers.IntegerField()
    is_active = serializers.BooleanField()
    is_newcomer = serializers.BooleanField()
    is_incubated = serializers.BooleanField()


class CertificationPapersAnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.ChoiceField(PapersAnswer.choices)
    sentence = serializers.CharField(max_length=rules.MOST_SENTENCE, allow_blank=True, default="")


class CertificationVerdictSerializer(serializers.Serializer[Any]):
    """One person's; nobody else reads it before giving their own."""

    verdict = serializers.ChoiceField(ReviewVerdict.choices)
    reason = serializers.CharField(max_length=rules.MOST_SENTENCE)


class CertificationReviewSerializer(CertificationVerdictSerializer):
    place = serializers.IntegerField()
    at = serializers.DateTimeField()


class CertificationEndingSerializer(serializers.Serializer[Any]):
    """`reason` is asked of operators; an agency gives its own mark up without one."""

    reason = serializers.CharField(max_length=rules.MOST_SENTENCE, allow_blank=True, default="")


class CertificationObjectingSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=rules.MOST_NOTE)
    evidence = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=5, help_text=UPLOAD
    )


class CertificationAppealSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    application = serializers.UUIDField(source="application_id")
    said = serializers.CharField(help_text="The reasons objected to.")
    text = serializers.CharField()
    status = serializers.ChoiceField(AppealStatus.choices)
    filed_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    sentence = serializers.CharField()


class CertificationAnswerSerializer(serializers.Serializer[Any]):
    grants = serializers.BooleanField()
    sentence = serializers.CharField(max_length=rules.MOST_SENTENCE)
