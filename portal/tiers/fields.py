"""What somebody says of rules, windows and applications, as values: for page, admin, API, demo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile

Evidence = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@dataclass(frozen=True, slots=True)
class RungFields:
    """Active creators; settled net GMV a quarter in fen; health in hundredths of a point."""

    creators: int
    net_fen: int
    health: int


@dataclass(frozen=True, slots=True)
class RulesFields:
    """Rules to propose for quarters that begin on `starts_on` or later. `rungs`: from the first
    star up. `benefits`: (stars, kind) → amount."""

    starts_on: date
    source: str
    rungs: Sequence[RungFields]
    benefits: Mapping[tuple[int, str], int] = field(default_factory=dict)
    least_days: int = 90
    selling_days: int = 4
    within_days: int = 30
    least_orders: int = 1
    freeze_days: int = 15


@dataclass(frozen=True, slots=True)
class WindowFields:
    """When agencies apply for the stars of a quarter, when results are announced, and from when
    they hold."""

    year: int
    quarter: int
    opens_on: date
    closes_on: date
    announces_on: date
    effective_on: date


@dataclass(frozen=True, slots=True)
class ApplicationFields:
    """What the feed lacks, with files to show it: creators that are active and not counted, and
    settled net GMV in fen beside what is known. None of it: the known numbers are enough."""

    note: str = ""
    more_creators: int = 0
    more_net_fen: int = 0
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """How much of what was claimed counts."""

    creators: int = 0
    net_fen: int = 0


@dataclass(frozen=True, slots=True)
class AppealFields:
    text: str
    evidence: Sequence[Evidence] = ()
