"""What operators and parties say about tasks, as values: the same for page, API, admin and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

Evidence = UploadedFile | UUID  # a file, or the id of one's own upload


@dataclass(frozen=True, slots=True)
class ProgrammeFields:
    code: str
    name_zh: str
    name_en: str
    starts_on: date
    ends_on: date
    text_zh: str = ""
    text_en: str = ""
    team: str = "operator"


@dataclass(frozen=True, slots=True)
class StepFields:
    event: str
    target: int
    fold: str = "count"
    scope: str = ""
    since: str = "claim"


@dataclass(frozen=True, slots=True)
class Audience:
    """Empty is everybody of these kinds. Scores in hundredths of a point."""

    kinds: Sequence[str]
    sizes: Sequence[str] = ()
    services: Sequence[str] = ()
    least_stars: int | None = None
    most_stars: int | None = None
    least_score: int | None = None
    most_score: int | None = None
    least_followers: int | None = None
    most_followers: int | None = None


@dataclass(frozen=True, slots=True)
class TaskFields:
    """`amount_fen` of a task paid in cash, else `coupon_kind` (its key)."""

    code: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    audience: Audience
    steps: Sequence[StepFields]
    quota: int
    opens_at: datetime
    closes_at: datetime
    finish_days: int
    unit: str
    amount_fen: int = 0
    coupon_kind: int | None = None
    begin_days: int | None = None
    check_by: str = "records"
    hold: str = "claim"
    indicator: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class StepSaid:
    """Something a party did, from the part that owns the row `ref`."""

    party_id: int
    event: str
    ref: str
    at: datetime
    amount: int = 1
    scope: str = ""


@dataclass(frozen=True, slots=True)
class RevocationFields:
    reason: str
    consequence: str
    barred_until: date | None = None


@dataclass(frozen=True, slots=True)
class UseFields:
    """Points of a coupon that were spent on a traffic order."""

    number: str
    amount: int
    ref: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step before claiming: `counted` already counts; `lately` is what the records say of as
    many days as the task gives, for comparison."""

    event: str
    fold: str
    target: int
    scope: str
    counted: int
    lately: int


@dataclass(frozen=True, slots=True)
class Path:
    """What a task would take. `left`: rewards; `pool_left`: in the task's unit."""

    steps: Sequence[PathStep] = field(default_factory=list)
    left: int = 0
    pool_left: int = 0
    due_at: datetime | None = None
    begin_by: datetime | None = None
