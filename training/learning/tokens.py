"""What stands in an address instead of a name: signed, so nobody makes one up."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from training.learning.models import LearningFeed

CALENDAR = "learning-calendar"


def calendar_address(request: HttpRequest, feed: LearningFeed | None) -> str:
    """For a calendar that subscribes; empty where there is none."""
    if feed is None or not feed.number:
        return ""
    token = signing.dumps([feed.pk, feed.number], salt=CALENDAR)
    return request.build_absolute_uri(reverse("learning_calendar", args=[token]))


def feed_at(token: str) -> LearningFeed:
    """404 for one that was made up, closed or followed by another."""
    try:
        key, number = signing.loads(token, salt=CALENDAR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404 from error
    return get_object_or_404(LearningFeed, pk=key, number=number, number__gt=0)
