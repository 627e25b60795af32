"""Pages a second of the result page, beside a bare view that renders the same HTML.

Ours: the whole stack of middleware, session, person and party, the queries, the ranking, the
templates. The floor: the same template from a context that is ready, with nothing around it.
Both answer in this process, in turns, so that only the page differs.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import django

from tests.bench import Row, median_ms

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
PROVIDERS = 48


def run() -> list[Row]:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    from django.test import Client

    need, client = _world()
    return [
        _measured("result page, 20 candidates, signed in", client, f"/needs/{need.pk}/candidates/"),
        _measured("directory page, 20 rows, signed in", client, "/providers/"),
        _measured("directory page narrowed, signed in", client, "/providers/?q=fws&city=hangzhou"),
        _kept_page(Client(), "/providers/"),
    ]


def _measured(work: str, client: Any, path: str) -> Row:
    ours, floor = _page(client, path), _bare(client, path)
    assert ours() == floor(), "the bare view must render the same page"
    ours_ms, floor_ms = median_ms(ours, floor, repeats=60)
    return Row(f"{work}, pages/s", 1000 / ours_ms, 1000 / floor_ms, "/s", "≥", 0.5)


def _kept_page(client: Any, path: str) -> Row:
    """What visitors get, beside the same page made anew for each."""
    from django.core.cache import caches

    def anew() -> None:
        caches["local"].clear()
        client.get(path)

    kept_ms, anew_ms = median_ms(lambda: client.get(path), anew, repeats=60)
    work = "directory page for visitors, kept, beside made anew, pages/s"
    return Row(work, 1000 / kept_ms, 1000 / anew_ms, "/s", "≥", 2)


def _world() -> tuple[Any, Any]:
    from django.test import Client

    from portal.core.actor import Actor, system_actor
    from portal.parties.models import Party
    from portal.parties.reference import load_reference
    from portal.parties.states import PartyKind
    from tests import factories

    load_reference(system_actor("command"))
    for number in range(PROVIDERS):
        factories.listed_party(PartyKind.PROVIDER, f"服务商{number}")
    merchant: Party = factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品")
    owner = merchant.membership_set.get().user
    need = factories.open_need(Actor(owner, merchant, "owner", "web"))
    client = Client()
    client.force_login(owner)
    return need, client


def _page(client: Any, path: str) -> Callable[[], bytes]:
    return lambda: _without_token(client.get(path).content)


def _bare(client: Any, path: str) -> Callable[[], bytes]:
    """Render once for real, keep the template and its flattened context, and render only that."""
    from django.template import Context, RequestContext
    from django.template.loader import get_template

    kept: dict[str, Any] = {}
    real = __import__("portal.core.web", fromlist=["render"]).render

    def keep(request: Any, name: str, context: dict[str, Any], **rest: Any) -> Any:
        kept.update(name=name, context=context, request=request)
        return real(request, name, context, **rest)

    with patch("portal.core.web.render", keep):
        client.get(path)
    template = get_template(kept["name"]).template
    ready = RequestContext(kept["request"])
    ready.push(kept["context"])  # above what the processors say, as a real render has it
    with ready.bind_template(template):
        values = ready.flatten()
    return lambda: _without_token(template.render(Context(values)).encode())


def _without_token(page: bytes) -> bytes:
    """Every render masks the form token anew."""
    import re

    return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", page)
