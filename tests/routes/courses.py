"""Courses and sessions: for everybody once they are published, written by operators."""

from __future__ import annotations

from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.training.making import enrolled, open_session, published_course
from training.courses.fields import ProgrammeFields
from training.courses.services import create_programme

READERS = ("operator", "auditor")
SEEN_IN_ADMIN = {
    "courses_course": READERS,
    "courses_programme": READERS,
    "courses_session": READERS,
    "learning_learner": READERS,
    "learning_enrolment": READERS,
}


def arrange(cast: Cast) -> Arranged:
    course = published_course()
    session = open_session(course)
    assert cast.provider.party is not None
    made = enrolled(cast.provider.actor, session, cast.provider.party)
    programme = create_programme(
        SYSTEM,
        fields=ProgrammeFields(
            code="cold-start",
            kind="cold_start",
            title_zh="冷启动",
            title_en="Cold start",
            summary_zh="三十天。",
            summary_en="Thirty days.",
            audience=("merchant",),
            courses=((course.pk, True),),
        ),
    )
    rows = {
        "courses_course": course,
        "courses_programme": programme,
        "courses_session": session,
        "learning_learner": made.learner,
        "learning_enrolment": made,
    }
    return Arranged(rows=rows)
