"""How often a visitor may search: each address has a minute's ration. People who signed in are
known and have none."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.http import place_of
from portal.core.verdict import ALLOWED, Verdict, conflict

MINUTE, VISITOR = 60, 60


def may_search_again(request: HttpRequest, actor: Actor) -> Verdict:
    """Counts this search, too."""
    if actor.is_signed_in:
        return ALLOWED
    address = place_of(get_adapter(request).get_client_ip(request))
    name = "search:" + hashlib.sha256(address.encode()).hexdigest()[:32]
    cache.add(name, 0, MINUTE)
    if cache.incr(name) > VISITOR:
        return conflict(_("So many searches came from here; wait a minute, or sign in."))
    return ALLOWED
