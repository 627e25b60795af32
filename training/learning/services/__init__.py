"""Lock order: the party, then the session's pool, then claims; whoever enrols takes the pool last.
An enrolment's own row is locked before its outcome is written."""

from training.learning.services.attendance import (
    clear_presence,
    meeting_of_code,
    record_everybody,
    record_presence,
    room_code,
    scan_in,
    seen_from,
)
from training.learning.services.bulk import (
    Enrolled,
    Person,
    bring_enrolments,
    bring_learners,
    bring_many,
    last_lessons,
)
from training.learning.services.calendars import change_feed
from training.learning.services.enrolments import (
    enrol,
    learner_for,
    take_up_offer,
    withdraw_enrolment,
)
from training.learning.services.lessons import finish_lesson, open_lesson
from training.learning.services.messages import tell_class
from training.learning.services.reminding import remind_learners
from training.learning.services.settling import (
    settle_brought,
    settle_enrolment,
    settle_enrolments,
)

__all__ = [
    "Enrolled",
    "Person",
    "bring_enrolments",
    "bring_learners",
    "bring_many",
    "change_feed",
    "clear_presence",
    "enrol",
    "finish_lesson",
    "last_lessons",
    "learner_for",
    "meeting_of_code",
    "open_lesson",
    "record_everybody",
    "record_presence",
    "remind_learners",
    "room_code",
    "scan_in",
    "seen_from",
    "settle_brought",
    "settle_enrolment",
    "settle_enrolments",
    "take_up_offer",
    "tell_class",
    "withdraw_enrolment",
]
