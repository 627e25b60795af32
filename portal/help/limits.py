"""How often may be asked: a visitor's address and a person each have an hour's ration."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.http import place_of
from portal.core.verdict import ALLOWED, Verdict, conflict

HOUR = 3600
VISITOR, PERSON = 5, 20


def may_ask_again(request: HttpRequest) -> Verdict:
    """Counts this question, too."""
    user = request.user
    if user.is_authenticated:
        key, most = f"user:{user.pk}", PERSON
    else:
        key, most = f"address:{place_of(get_adapter(request).get_client_ip(request))}", VISITOR
    name = "help:" + hashlib.sha256(key.encode()).hexdigest()[:32]
    cache.add(name, 0, HOUR)
    if cache.incr(name) > most:
        return conflict(_("So many questions came from here that we wait an hour. Please call."))
    return ALLOWED
