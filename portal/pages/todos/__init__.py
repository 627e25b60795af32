"""What waits for a person on their workbench, as each part of the site tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from portal.core import clock
from portal.core.actor import Actor

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for this person: what, why, until when, and where to do it."""

    title: str
    detail: str | Promise
    url: str
    verb: str
    due: date | None = None
    is_urgent: bool = False


TodoSource = Callable[[Actor], Iterator[Todo]]


def dated(due: date, *, title: str, detail: str | Promise, url: str, verb: str) -> Todo:
    """Urgent in its last days."""
    return Todo(title, detail, url, verb, due=due, is_urgent=due <= clock.today() + SOON)
