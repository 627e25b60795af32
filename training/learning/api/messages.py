"""Messages to a class over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from training.learning.rules import MOST_MESSAGE


class NewClassMessageSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=MOST_MESSAGE)


class ClassMessageSerializer(serializers.Serializer[Any]):
    """What who teaches said to everybody with a seat. `reached`: how many these were."""

    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    at = serializers.DateTimeField()
    reached = serializers.IntegerField()
