"""The request as our middleware leaves it, for type checkers and readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from portal.core.actor import Actor

if TYPE_CHECKING:
    from portal.parties.models import Membership


class PageRequest(HttpRequest):
    """A request with who acts, their memberships, and what htmx asks for."""

    actor: Actor
    memberships: list[Membership]
    htmx: HtmxDetails
