"""Who is in a session, who was there when, and where it is: as it is told and sent."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from training.learning.api.shapes import CoursePartSerializer, EnrolmentSerializer


class PresenceShapeSerializer(serializers.Serializer[Any]):
    meeting = serializers.IntegerField(source="meeting_id")
    arrived_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True)
    way = serializers.CharField()


class RosterRowSerializer(serializers.Serializer[Any]):
    """Somebody with a seat, when they were there, and how far each part has come; `percent` is of
    all planned hours."""

    enrolment = EnrolmentSerializer()
    percent = serializers.IntegerField(source="attendance.percent")
    presences = PresenceShapeSerializer(many=True, source="there")
    parts = CoursePartSerializer(many=True, source="progress.told")


class WhereaboutsSerializer(serializers.Serializer[Any]):
    enrolment = serializers.UUIDField()
    meeting = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class PresenceFieldsSerializer(WhereaboutsSerializer):
    """From when to when somebody was there; null: to the end."""

    arrived_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True, required=False, default=None)


class RoomCodeSerializer(serializers.Serializer[Any]):
    """What the room shows as a QR code; it changes every few seconds."""

    code = serializers.CharField()
    address = serializers.CharField()


class ScanSerializer(serializers.Serializer[Any]):
    """`enrolment`: for whom, where one's phone is there for several; oneself otherwise."""

    code = serializers.CharField(max_length=300)
    enrolment = serializers.UUIDField(required=False, allow_null=True, default=None)


class EverybodySerializer(serializers.Serializer[Any]):
    """`absent`: enrolments of who is not there."""

    meeting = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    absent = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=1000
    )


class EverybodyThereSerializer(serializers.Serializer[Any]):
    """How many were written down."""

    written = serializers.IntegerField()


class CourseRoomSerializer(serializers.Serializer[Any]):
    """The venue on site; the link of a live room."""

    place = serializers.CharField(max_length=300)
