"""Every address leads where Django's own resolver leads."""

import re

import pytest
from django.urls import Resolver404, URLResolver, include, path, re_path
from django.urls.resolvers import RegexPattern

from portal import urls
from portal.core.routing import by_first_word
from tests.test_routes import routes

EVERY = 5  # Django asks two thousand patterns for each address


def led(resolver: URLResolver, address: str) -> object:
    try:
        found = resolver.resolve(address)
    except Resolver404:
        return None
    return found.func, found.kwargs, found.view_name, found.route


def addresses() -> list[str]:
    """One of each route, as far as it can be guessed; and with something behind it."""
    written = [re.sub(r"<[^>]*>|\(\?P.*?\)(?=[/$])", "1", route) for route in routes().values()]
    found = [re.sub(r"[\^$\\]", "", route) for route in written]
    return [f"/{route}{end}" for route in found for end in ("", "x/")]


def test_every_address_leads_where_it_led():
    ours, plain = (URLResolver(RegexPattern(r"^/"), u) for u in (urls.urlpatterns, urls.doors))
    asked = addresses()[::EVERY]
    answers = [led(plain, address) for address in asked]
    assert [led(ours, address) for address in asked] == answers
    assert sum(answer is not None for answer in answers) > len(asked) / 3


def view() -> None: ...


PATTERNS = [
    path("", view, name="home"),
    path("needs/<int:pk>/", view, name="need"),
    re_path(r"^needs/(?P<word>\w+)/$", view, name="regex"),
    re_path(r"eds/list$", view, name="anywhere"),
    path("need", include([path("s/list/", view, name="inside a word")])),
    path("", include([path("needs/list/", view, name="included")])),
    path("<slug:any>/", view, name="any"),
    path("docs", view, name="no slash"),
    re_path(r"^feed$", view, name="no slash either"),
]
ASKED = ["", "needs/1/", "needs/list/", "needs/list", "needs/", "docs", "docs/", "feed", "x/", "x"]


@pytest.mark.parametrize("address", ASKED)
def test_first_that_matches_is_found(address):
    plain = path("shop/", include(PATTERNS))
    assert led(by_first_word(plain), f"shop/{address}") == led(plain, f"shop/{address}")
    assert led(by_first_word(plain), address) is None
