from training.learning.rules.attendance import (
    can_have_been_there,
    can_mark_presence,
    can_scan_in,
    meeting_has_begun,
    presence_is_sound,
)
from training.learning.rules.enrolments import (
    can_act_on_enrolment,
    can_bring_in_bulk,
    can_enrol,
    can_enrol_person,
    can_see_link,
    can_withdraw_enrolment,
    has_not_completed,
    may_take_more,
    prerequisites_are_met,
    repeats_from,
)
from training.learning.rules.lessons import can_read_in, can_study, is_own_study
from training.learning.rules.messages import MOST_MESSAGE, can_tell_class, message_is_sound

__all__ = [
    "MOST_MESSAGE",
    "can_act_on_enrolment",
    "can_bring_in_bulk",
    "can_enrol",
    "can_enrol_person",
    "can_have_been_there",
    "can_mark_presence",
    "can_read_in",
    "can_scan_in",
    "can_see_link",
    "can_study",
    "can_tell_class",
    "can_withdraw_enrolment",
    "has_not_completed",
    "is_own_study",
    "may_take_more",
    "meeting_has_begun",
    "message_is_sound",
    "prerequisites_are_met",
    "presence_is_sound",
    "repeats_from",
]
