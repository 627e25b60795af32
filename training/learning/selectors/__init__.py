from training.learning.selectors.attendance import attendance_by_enrolment, planned_of
from training.learning.selectors.enrolments import (
    enrolment_of,
    last_completions,
    learners_of,
    missing_prerequisites,
    people_of,
    taken_by,
)
from training.learning.selectors.parts import (
    Progress,
    parts_of,
    progress_of,
    progress_of_many,
)

__all__ = [
    "Progress",
    "attendance_by_enrolment",
    "enrolment_of",
    "last_completions",
    "learners_of",
    "missing_prerequisites",
    "parts_of",
    "people_of",
    "planned_of",
    "progress_of",
    "progress_of_many",
    "taken_by",
]
