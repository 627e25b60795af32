from training.learning.views.catalogue import (
    course_detail,
    course_list,
    lesson_completion,
    lesson_detail,
    programme_detail,
)
from training.learning.views.own import (
    enrolment_detail,
    enrolment_seat,
    enrolment_withdrawal,
    learning_calendar,
    learning_feed,
    learning_home,
    learning_of_party,
)
from training.learning.views.sessions import session_detail, session_enrolment
from training.learning.views.teaching import (
    room_code,
    room_scan,
    teaching_everybody,
    teaching_home,
    teaching_message,
    teaching_presence,
    teaching_room,
    teaching_session,
    training_enrolments,
)

__all__ = [
    "course_detail",
    "course_list",
    "enrolment_detail",
    "enrolment_seat",
    "enrolment_withdrawal",
    "learning_calendar",
    "learning_feed",
    "learning_home",
    "learning_of_party",
    "lesson_completion",
    "lesson_detail",
    "programme_detail",
    "room_code",
    "room_scan",
    "session_detail",
    "session_enrolment",
    "teaching_everybody",
    "teaching_home",
    "teaching_message",
    "teaching_presence",
    "teaching_room",
    "teaching_session",
    "training_enrolments",
]
