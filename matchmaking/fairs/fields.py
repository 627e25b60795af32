"""What operators say of a fair and people of their sign-up, as values: for page, API and demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.seats.states import Admission


@dataclass(frozen=True, slots=True)
class FairFields:
    """`seats`: by role and category, how many. `thresholds`: by role and measure, the least."""

    title: str
    kind: str
    city_id: int
    venue: str
    is_online: bool
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closes_at: datetime
    intro: str = ""
    admission: Admission = Admission.INSTANT
    offer_hours: int = 24
    most_products: int = 3
    creators_per_agency: int = 5
    tables: int = 40
    slot_minutes: int = 30
    cost_fen: int = 0
    seats: Mapping[tuple[str, int], int] = field(default_factory=dict)
    thresholds: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignUpFields:
    """`pool_id`: the role and category wanted. `key`: of this wish; pressed twice it is one."""

    pool_id: int
    key: str
    product_ids: Sequence[int] = ()
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeFields:
    """`waives`: who has it passes every threshold."""

    most_uses: int
    ends_at: datetime
    waives: bool = False
    note: str = ""
