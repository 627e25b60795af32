"""What operators say of a course, a programme and a session, as values: for page, API and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CourseFields:
    """`needs`: the courses to complete before. `certificate_months`: None for no certificate."""

    code: str
    kind: str
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    outcomes_zh: str
    outcomes_en: str
    audience: Sequence[str]
    level: str
    topics: Sequence[str]
    planned_minutes: int
    indicators: Sequence[str] = ()
    needs: Sequence[int] = ()
    needs_lessons: bool = True
    least_attendance: int = 0
    needs_quiz: bool = False
    needs_assignment: bool = False
    certificate_months: int | None = None


@dataclass(frozen=True, slots=True)
class LessonFields:
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    minutes: int
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class ProgrammeFields:
    """`courses`: with whether each is required, in their order."""

    code: str
    kind: str
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    audience: Sequence[str]
    courses: Sequence[tuple[int, bool]]
    belt_id: int | None = None
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class SessionFields:
    """`meetings`: the planned hours, begin and end of each. At one's own pace there are none, and
    the session lasts from `starts_at` to `ends_at`; else these are those of the meetings."""

    opens_at: datetime
    joins_until: datetime
    cancels_until: datetime
    finishes_until: datetime
    seats: int
    most_per_party: int = 5
    meetings: Sequence[tuple[datetime, datetime]] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    city_id: int | None = None
    venue: str = ""
    link: str = ""
    offer_hours: int = 24
    instructors: Sequence[int] = field(default_factory=tuple)
