"""What a provider's list of its team says at the end of a month: plain figures of plain rows."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from portal.core.clock import SHANGHAI
from portal.parties.profile_states import StaffRole

ROLES_FILE = Path(__file__).parent / "reference/service_roles.csv"
OPERATING = frozenset({StaffRole.MANAGER, StaffRole.OPERATIONS})


@dataclass(frozen=True, slots=True)
class Head:
    """Somebody of the team. `certified`: the last days of certificates, None for no end."""

    role: str
    joined_at: datetime
    left_at: datetime | None
    certified: tuple[date | None, ...] = ()

    def is_here(self, at: datetime) -> bool:
        return self.joined_at < at and (self.left_at is None or self.left_at >= at)


@dataclass(frozen=True, slots=True)
class Figure:
    measure: str
    value: float
    sample: int


@cache
def required_roles() -> Mapping[str, frozenset[str]]:
    """Service type → the roles without which nobody does this work."""
    with ROLES_FILE.open(encoding="utf-8", newline="") as file:
        return {row["service"]: frozenset(row["roles"].split()) for row in csv.DictReader(file)}


def end_of(month_end: date) -> datetime:
    """The first moment of the next day in Shanghai."""
    ordinal = month_end.toordinal() + 1
    return datetime.combine(date.fromordinal(ordinal), datetime.min.time(), SHANGHAI)


def figures_of(
    team: Iterable[Head],
    *,
    month_end: date,
    year_before: date,
    services: Collection[str],
    merchants: int,
) -> Iterator[Figure]:
    """What can be said of this team; what cannot, is left out. `merchants`: served at the time."""
    team, now = list(team), end_of(month_end)
    here = [head for head in team if head.is_here(now)]
    if not here:
        return
    valid = sum(_is_certified(head, month_end) for head in here)
    yield Figure("staff_certified", _percent(valid, len(here)), len(here))
    roles = frozenset[str]().union(*(required_roles().get(code, frozenset()) for code in services))
    if roles:
        filled = roles & {head.role for head in here}
        yield Figure("roles_filled", _percent(len(filled), len(roles)), len(roles))
    before = [head for head in team if head.is_here(end_of(year_before))]
    if before:
        stayed = sum(head.is_here(now) for head in before)
        yield Figure("staff_retention", _percent(stayed, len(before)), len(before))
    operators = sum(head.role in OPERATING for head in here)
    if operators and merchants:
        yield Figure("merchants_per_operator", round(merchants / operators, 4), operators)


def _is_certified(head: Head, day: date) -> bool:
    return any(last is None or last >= day for last in head.certified)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 4)
