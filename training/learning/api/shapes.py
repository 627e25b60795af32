"""How enrolments and what came of them are told over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from portal.seats.selectors import standing_of
from training.courses.api.sessions import SessionSerializer
from training.learning import rules
from training.learning.models import Enrolment


class LearnerSerializer(serializers.Serializer[Any]):
    """`user`: their account, null for somebody of the team who has none here."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    party = serializers.IntegerField(source="party_id")
    user = serializers.IntegerField(source="user_id", allow_null=True)


class EnrolmentSerializer(serializers.Serializer[Any]):
    """`status`: of its seat; `outcome`: what came of it, with the minutes attended of those
    planned. `due_at`: until when an offered seat is kept."""

    id = serializers.UUIDField(source="pk")
    session = serializers.IntegerField(source="session_id")
    course = serializers.CharField(source="session.course.code")
    learner = LearnerSerializer()
    status = serializers.CharField()
    due_at = serializers.DateTimeField(source="claim.due_at", allow_null=True)
    outcome = serializers.CharField()
    reason = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    attended_minutes = serializers.IntegerField(allow_null=True)
    planned_minutes = serializers.IntegerField(allow_null=True)


class CoursePartSerializer(serializers.Serializer[Any]):
    """A part of what completing the course takes, and how far it has come."""

    code = serializers.CharField()
    state = serializers.CharField()
    reached = serializers.IntegerField()
    asked = serializers.IntegerField()


class WholeEnrolmentSerializer(EnrolmentSerializer):
    """`position`: in line, from 1; `link`: of the live room, for who has a seat."""

    held = SessionSerializer(source="session")
    position = serializers.SerializerMethodField()
    link = serializers.SerializerMethodField()
    parts = CoursePartSerializer(many=True)

    def get_position(self, enrolment: Enrolment) -> int | None:
        standing = standing_of(enrolment.claim)
        return standing.position if standing else None

    def get_link(self, enrolment: Enrolment) -> str:
        actor = self.context["request"].actor
        seen = rules.can_see_link(actor, enrolment.session, enrolment.has_seat)
        return enrolment.session.link if seen else ""
