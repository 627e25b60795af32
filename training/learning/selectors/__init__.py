from training.learning.selectors.attendance import (
    Reach,
    attendance_by_enrolment,
    planned_of,
    reach_of,
)
from training.learning.selectors.calendars import calendar_of, feed_of
from training.learning.selectors.catalogue import (
    Card,
    Wanted,
    cards_of,
    courses_for,
    in_parts,
    month_of,
    months_ahead,
    sessions_of,
)
from training.learning.selectors.enrolments import (
    PersonOfParty,
    enrolment_of,
    last_completions,
    learners_of,
    missing_prerequisites,
    people_of,
    taken_by,
)
from training.learning.selectors.messages import messages_of, messages_today
from training.learning.selectors.parts import (
    Progress,
    parts_of,
    progress_of,
    progress_of_many,
)
from training.learning.selectors.reading import Reader, reader_of
from training.learning.selectors.recommending import Recommended, recommended_for
from training.learning.selectors.rosters import RosterRow, roster_of, scanned_by, waiting_in
from training.learning.selectors.waiting import (
    begun_studies,
    ending_studies,
    kept_seats,
    meetings_ahead,
    meetings_taught,
)

__all__ = [
    "Card",
    "PersonOfParty",
    "Progress",
    "Reach",
    "Reader",
    "Recommended",
    "RosterRow",
    "Wanted",
    "attendance_by_enrolment",
    "begun_studies",
    "calendar_of",
    "cards_of",
    "courses_for",
    "ending_studies",
    "enrolment_of",
    "feed_of",
    "in_parts",
    "kept_seats",
    "last_completions",
    "learners_of",
    "meetings_ahead",
    "meetings_taught",
    "messages_of",
    "messages_today",
    "missing_prerequisites",
    "month_of",
    "months_ahead",
    "parts_of",
    "people_of",
    "planned_of",
    "progress_of",
    "progress_of_many",
    "reach_of",
    "reader_of",
    "recommended_for",
    "roster_of",
    "scanned_by",
    "sessions_of",
    "taken_by",
    "waiting_in",
]
