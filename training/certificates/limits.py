"""How often numbers that are not ours may be tried: each address and each person has an hour's
ration. Numbers that are ours cost nothing: a wall of certificates is scanned in a minute."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.http import place_of
from portal.core.verdict import ALLOWED, Verdict, conflict

HOUR, MOST = 3600, 20


def may_check_again(request: HttpRequest) -> Verdict:
    """Asked before looking, so that who guesses learns nothing more."""
    if cache.get(_name(request), 0) >= MOST:
        return conflict(_("So many wrong numbers came from here that we wait an hour."))
    return ALLOWED


def count_miss(request: HttpRequest) -> None:
    name = _name(request)
    cache.add(name, 0, HOUR)
    cache.incr(name)


def _name(request: HttpRequest) -> str:
    user = request.user
    if user.is_authenticated:
        key = f"user:{user.pk}"
    else:
        key = f"address:{place_of(get_adapter(request).get_client_ip(request))}"
    return "certificate:" + hashlib.sha256(key.encode()).hexdigest()[:32]
