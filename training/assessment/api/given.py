"""What requests of this part share."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request

from training.learning.models import Enrolment


def given_by(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def enrolment_named(request: Request, key: Any) -> Enrolment:
    return get_object_or_404(Enrolment.objects.visible_to(request.actor).whole(), pk=key)
