"""What is said when somebody is enrolled, as values: for page, API and demo."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EnrolFields:
    """Who of the party: an account, a row of its team, or, with neither, oneself. `key`: of this
    wish; pressed twice it is one."""

    key: str
    user_id: int | None = None
    member_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class PresenceFields:
    """From when to when somebody was there; None: to the end."""

    arrived_at: datetime
    left_at: datetime | None = None
