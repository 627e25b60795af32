"""What several doors ask for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class WhySerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=300)
