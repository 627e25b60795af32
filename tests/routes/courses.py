"""Courses are everybody's to look at; seats are their learners', rosters their instructors', and
operators write and plan."""

from __future__ import annotations

from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.training.making import enrolled, open_session, planned_session, published_course
from training.courses.fields import ProgrammeFields
from training.courses.models import Instructor
from training.courses.services import create_programme, publish_programme

RUN = "operator {0}, administrator {0}"
DESK = f"visitor 302, {RUN.format(200)}, * 403"
WRITES = f"visitor 302, {RUN.format(302)}, * 403"
ROSTER = f"visitor 302, rival {{0}}, {RUN.format('{0}')}, * 403"
OWN = f"visitor 302, provider {{0}}, rival {{1}}, {RUN.format('{2}')}, auditor {{3}}, * 404"
PAGES = {
    "GET course_list": "* 200",
    "GET course_detail": "* 200",
    "GET programme_detail": "* 200",
    "GET session_detail": "* 200",
    "GET lesson_detail": "* 200",
    "POST lesson_completion": "visitor 302, provider 302, * 404",
    "POST session_enrolment": "visitor 302, owner 200, member 200, provider 200, rival 200, "
    "agency 200, creator 200, * 403",  # an empty form comes back
    "GET learning_home": "visitor 302, * 200",
    "GET learning_of_party": "visitor 302, owner 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "POST learning_feed": "* 302",
    "GET learning_calendar": "* 404",  # a made-up address
    "GET enrolment_detail": OWN.format(200, 200, 200, 200),
    "POST enrolment_seat": OWN.format(409, 403, 409, 403),
    "POST enrolment_withdrawal": OWN.format(302, 403, 302, 403),
    "GET room_scan": "visitor 302, * 422",  # a made-up code
    "POST room_scan": "visitor 302, * 422",
    "GET teaching_home": "visitor 302, * 200",
    "GET teaching_session": ROSTER.format(200),
    "POST teaching_presence": f"visitor 302, rival 404, {RUN.format(404)}, * 403",
    "GET room_code": ROSTER.format(200),
    "GET training_enrolments": DESK,
    "GET training_desk": DESK,
    "GET course_register": DESK,
    "GET course_create": DESK,
    "POST course_create": DESK,
    "GET course_edit": DESK,
    "POST course_edit": DESK,
    "POST course_publication": f"visitor 302, {RUN.format(409)}, * 403",
    "POST course_archive": WRITES,
    "POST course_material": DESK,
    "POST material_removal": f"visitor 302, {RUN.format(404)}, * 403",
    "GET lesson_create": DESK,
    "POST lesson_create": DESK,
    "GET lesson_edit": DESK,
    "POST lesson_edit": DESK,
    "POST lesson_move": f"visitor 302, {RUN.format(422)}, * 403",
    "GET session_create": DESK,
    "POST session_create": DESK,
    "GET session_edit": DESK,
    "POST session_edit": DESK,
    "POST session_opening": WRITES,
    "POST session_cancellation": DESK,
    "GET programme_create": DESK,
    "POST programme_create": DESK,
    "GET programme_edit": DESK,
    "POST programme_edit": DESK,
    "POST programme_publication": f"visitor 302, {RUN.format(409)}, * 403",
    "POST programme_end": WRITES,
}
API: dict[str, str] = {}
ADMIN: dict[str, str] = {}
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
    session, planned = open_session(course), planned_session(course)
    own_pace = published_course("own-pace", kind="open")
    assert cast.provider.party is not None
    made = enrolled(cast.provider.actor, session, cast.provider.party)
    enrolled(cast.provider.actor, open_session(own_pace), cast.provider.party)
    Instructor.objects.create(session=session, user=cast.rival.user)
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
    programme = publish_programme(SYSTEM, programme=programme)
    code, lesson = {"code": course.code}, {"code": own_pace.code, "position": 1}
    own, of_session = {"pk": made.pk}, {"pk": session.pk}
    meeting = session.meetings.get(position=1)
    return Arranged(
        kwargs={
            **{f"course_{name}": code for name in ("detail", "edit", "publication", "archive")},
            "course_material": code,
            "material_removal": {"pk": 1},
            "programme_detail": {"code": programme.code},
            **{f"programme_{n}": {"code": programme.code} for n in ("edit", "publication", "end")},
            **{f"lesson_{name}": lesson for name in ("detail", "completion", "edit", "move")},
            "lesson_create": code,
            "session_create": code,
            "session_detail": of_session,
            "session_enrolment": of_session,
            "session_edit": of_session,
            "session_cancellation": of_session,
            "session_opening": {"pk": planned.pk},
            **{f"enrolment_{name}": own for name in ("detail", "seat", "withdrawal")},
            "learning_calendar": {"token": "made-up"},
            "room_scan": {"code": "made-up"},
            "teaching_session": of_session,
            "teaching_presence": of_session,
            "room_code": {"pk": meeting.pk},
        },
        rows={
            "courses_course": course,
            "courses_programme": programme,
            "courses_session": session,
            "learning_learner": made.learner,
            "learning_enrolment": made,
        },
    )
