"""What machines are told of. Each app names its events in its `webhook_events.py`:

    register_event(
        "proposal.submitted", _("A proposal was submitted"), of="needs.proposal",
        verbs=("submit_proposal",), parties=both_sides, data=proposal_data,
    )

An event follows an audit row: `verbs` on `of` (an app and a model, in small letters). `parties`
says whose webhooks hear of it; `data(obj, party_id)` is the payload for one of them: no more than
the API shows that party.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Parties = Callable[[Any], Iterable[int]]
Data = Callable[[Any, int], dict[str, Any]]  # what it happened to, and to whom it is told


@dataclass(frozen=True, slots=True)
class EventType:
    name: str
    title: str | Promise
    of: str
    verbs: tuple[str, ...]
    parties: Parties
    data: Data
    example: dict[str, Any]


_events: dict[str, EventType] = {}
_heard: dict[tuple[str, str], list[EventType]] = {}
TEST = "webhook.test"


def register_event(
    name: str,
    title: str | Promise,
    *,
    of: str,
    verbs: tuple[str, ...],
    parties: Parties,
    data: Data,
    example: dict[str, Any],
) -> EventType:
    event = EventType(name, title, of, verbs, parties, data, example)
    _events[name] = event
    for verb in verbs:
        _heard.setdefault((of, verb), []).append(event)
    return event


def events() -> list[EventType]:
    """Every type, by its name."""
    return sorted(_events.values(), key=lambda event: event.name)


def event_names() -> set[str]:
    return set(_events)


def heard(of: str, verb: str) -> list[EventType]:
    return _heard.get((of, verb), [])


TEST_TITLE = _("A test")
