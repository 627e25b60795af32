"""What stands in an address instead of a name: signed, so nobody makes one up."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from matchmaking.fairs.models import SignUp

AGENDA = "fair-agenda"


def agenda_token(sign_up: SignUp) -> str:
    """Opens the agenda until its address is changed."""
    return signing.dumps([str(sign_up.pk), sign_up.feed], salt=AGENDA)


def agenda_address(request: HttpRequest, sign_up: SignUp) -> str:
    """Empty where there is none."""
    if not sign_up.feed:
        return ""
    return request.build_absolute_uri(reverse("agenda_feed", args=[agenda_token(sign_up)]))
