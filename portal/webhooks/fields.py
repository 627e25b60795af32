"""A webhook to be, as a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebhookFields:
    """Where to, and of which types of events."""

    url: str
    events: Sequence[str]
