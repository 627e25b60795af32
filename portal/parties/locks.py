"""Sign-in is locked for an address and for a place by allauth's limits, which count failures in the
cache. Here is which rows of it belong to a person."""

from __future__ import annotations

from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest

APP, ACTION = "allauth.account", "login_failed"


def name_of(login: str) -> str:
    """What failures are counted under: the address, whatever the site is called."""
    return f"sign-in:{login.strip().lower()}"


def keys_of(login: str) -> list[tuple[str, Rate]]:
    """The counters of an address, each with its limit."""
    rates = [rate for rate in get_rates(app=APP, action=ACTION) if rate.per == "key"]
    no_request = HttpRequest()  # a counter by name asks nothing of it
    return [
        (get_cache_key(no_request, app=APP, action=ACTION, rate=rate, key=name_of(login)), rate)
        for rate in rates
    ]


def is_locked(login: str) -> bool:
    return any(len(cache.get(key, [])) >= rate.amount for key, rate in keys_of(login))
