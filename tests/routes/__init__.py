"""The rows of the table of routes, a module a part of the site.

A module may hold `PAGES`, `API` and `ADMIN` (rows as in `tests/test_routes.py`), `SEEN_IN_ADMIN`
(model → staff groups that may look at it), and `arrange(cast)`: what the rows need to exist, with
the addresses' arguments, the bodies sent, and a row of each model of the admin.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from portal.parties.models import User
from tests.conftest import Person


@dataclass(frozen=True)
class Cast:
    """The people of the table; each role of it that is not staff."""

    stranger: Person
    owner: Person
    member: Person
    provider: Person
    rival: Person
    agency: Person
    creator: Person
    administrator: User


@dataclass(frozen=True)
class Arranged:
    """`kwargs` by route (and @what), `bodies` by "METHOD route", `rows` by admin model."""

    kwargs: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, Model] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    PAGES: dict[str, str]
    API: dict[str, str]
    ADMIN: dict[str, str]
    SEEN_IN_ADMIN: dict[str, tuple[str, ...]]
    arrange: Callable[[Cast], Arranged]


def parts() -> dict[str, Part]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: _part(importlib.import_module(f"{__name__}.{name}")) for name in names}


def _part(module: Any) -> Part:
    return Part(
        PAGES=getattr(module, "PAGES", {}),
        API=getattr(module, "API", {}),
        ADMIN=getattr(module, "ADMIN", {}),
        SEEN_IN_ADMIN=getattr(module, "SEEN_IN_ADMIN", {}),
        arrange=getattr(module, "arrange", lambda cast: Arranged()),
    )
