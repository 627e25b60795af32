"""Courses are everybody's to look at; seats are their learners', rosters their instructors', and
operators write and plan."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.training.making import (
    course_fields,
    enrolled,
    lesson_fields,
    material_of,
    open_session,
    planned_session,
    published_course,
    session_fields,
)
from training.courses.fields import ProgrammeFields
from training.courses.models import Course, Instructor, Meeting
from training.courses.services import create_programme, publish_programme
from training.learning.models import Enrolment
from training.learning.services import tell_class

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
    "POST teaching_message": ROSTER.format(200),  # an empty form comes back
    "POST teaching_room": ROSTER.format(200),
    "POST teaching_everybody": f"visitor 302, rival 422, {RUN.format(422)}, * 403",  # not begun
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
    "POST material_removal": WRITES,
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
RUNS = f"visitor 401, {RUN}, * 403"
TEACHES = "visitor 401, rival {0}, operator {0}, administrator {0}, * 403"
LEARNS = "visitor 401, provider {0}, rival {1}, operator {2}, administrator {2}, auditor {3}, * 404"
API: dict[str, str] = {
    "GET api-course-list": "* 200",
    "GET api-course-detail": "* 200",
    "GET api-course-recommended": "visitor 401, * 200",
    "GET api-course-lesson": "* 200",
    "POST api-course-lesson-completion": "visitor 401, provider 200, * 404",
    "GET api-programme-list": "* 200",
    "GET api-programme-detail": "* 200",
    "GET api-course-session-list": "* 200",
    "GET api-course-session-detail": "* 200",
    "POST api-course-session-enrolment": "visitor 401, owner 201, member 201, provider 409, "
    "rival 201, agency 201, creator 201, * 403",
    "GET api-course-session-roster": TEACHES.format(200),
    "POST api-course-session-presence": TEACHES.format(422),  # it has not been yet
    "POST api-course-session-presence-removal": TEACHES.format(200),
    "GET api-course-session-code": TEACHES.format(200),
    "POST api-course-session-everybody": TEACHES.format(422),
    "POST api-course-session-room": TEACHES.format(200),
    "GET api-course-session-messages": "visitor 401, * 200",
    "POST api-course-session-messages": TEACHES.format(201),
    "GET api-course-materials": "* 200",
    "GET api-course-material": "visitor 401, provider 200, rival 200, operator 200, "
    "administrator 200, * 403",
    "GET api-learning-calendar": "visitor 401, * 200",
    "POST api-learning-calendar": "visitor 401, * 200",
    "POST api-course-presence": "visitor 401, * 422",  # a made-up code
    "GET api-enrolment-list": "visitor 401, * 200",
    "GET api-enrolment-detail": LEARNS.format(200, 200, 200, 200),
    "POST api-enrolment-seat": LEARNS.format(409, 403, 409, 403),
    "POST api-enrolment-withdrawal": LEARNS.format(200, 403, 200, 403),
    "GET api-training-plan": RUNS.format(200),
    "POST api-course-desk-list": RUNS.format(201),
    "PUT api-course-desk-detail": RUNS.format(200),
    "POST api-course-desk-publication": RUNS.format(409),
    "POST api-course-desk-archive": RUNS.format(200),
    "POST api-course-desk-lessons": RUNS.format(201),
    "PUT api-course-desk-lesson": RUNS.format(200),
    "POST api-course-desk-lesson-move": RUNS.format(200),
    "POST api-course-desk-materials": RUNS.format(422),  # no such upload
    "POST api-course-desk-material-removal": RUNS.format(200),
    "POST api-session-desk-list": RUNS.format(201),
    "PUT api-session-desk-detail": RUNS.format(200),
    "POST api-session-desk-opening": RUNS.format(200),
    "POST api-session-desk-cancellation": RUNS.format(200),
    "POST api-programme-desk-list": RUNS.format(201),
    "PUT api-programme-desk-detail": RUNS.format(200),
    "POST api-programme-desk-publication": RUNS.format(409),
    "POST api-programme-desk-end": RUNS.format(200),
}
ADMIN: dict[str, str] = {}
READERS = ("operator", "auditor")
SEEN_IN_ADMIN = {
    "courses_course": READERS,
    "courses_programme": READERS,
    "courses_session": READERS,
    "learning_learner": READERS,
    "learning_enrolment": READERS,
    "learning_classmessage": READERS,
}


OF_SESSION = (
    *("detail", "enrolment", "roster", "presence", "presence-removal"),
    *("everybody", "messages", "room"),
)


def _bodies(
    course: Course, meeting: Meeting, made: Enrolment, path: ProgrammeFields
) -> dict[str, dict[str, Any]]:
    """What the API is sent, as a machine would."""
    there = {"enrolment": str(made.pk), "meeting": meeting.pk}
    written, lesson = _told(course_fields()), _told(lesson_fields("新的一课"))
    held = _told(session_fields(course))
    hours = [{"starts_at": start, "ends_at": end} for start, end in held.pop("meetings")]
    held = {name: value for name, value in held.items() if value is not None}
    step = {"courses": [{"course": course.code}]}
    programme = _told(path) | step
    return {
        "POST api-course-session-enrolment": {},
        "POST api-course-session-presence": there | {"arrived_at": meeting.starts_at.isoformat()},
        "POST api-course-session-presence-removal": there,
        "POST api-course-session-everybody": {"meeting": meeting.pk},
        "POST api-course-session-messages": {"text": "请带上样品。"},
        "POST api-course-session-room": {"place": "https://live.example.com/2"},
        "POST api-learning-calendar": {"is_on": True},
        "POST api-course-desk-materials": {"title": "讲义", "file": str(made.pk)},
        "POST api-course-presence": {"code": "made-up"},
        "POST api-course-desk-list": written | {"code": "another"},
        "PUT api-course-desk-detail": written,
        "POST api-course-desk-lessons": lesson,
        "PUT api-course-desk-lesson": lesson,
        "POST api-course-desk-lesson-move": {"position": 1},
        "POST api-session-desk-list": held | {"course": course.code, "meetings": hours},
        "PUT api-session-desk-detail": held | {"meetings": hours},
        "POST api-session-desk-cancellation": {"reason": "讲师生病"},
        "POST api-programme-desk-list": programme | {"code": "another"},
        "PUT api-programme-desk-detail": programme,
    }


def _told(fields: Any) -> dict[str, Any]:
    """As JSON would."""
    return json.loads(json.dumps(asdict(fields), default=lambda one: one.isoformat()))


def arrange(cast: Cast) -> Arranged:
    course = published_course()
    session, planned = open_session(course), planned_session(course)
    own_pace = published_course("own-pace", kind="open")
    assert cast.provider.party is not None
    made = enrolled(cast.provider.actor, session, cast.provider.party)
    enrolled(cast.provider.actor, open_session(own_pace), cast.provider.party)
    Instructor.objects.create(session=session, user=cast.rival.user)
    path = ProgrammeFields(
        code="cold-start",
        kind="cold_start",
        title_zh="冷启动",
        title_en="Cold start",
        summary_zh="三十天。",
        summary_en="Thirty days.",
        audience=("merchant",),
        courses=((course.pk, True),),
    )
    programme = publish_programme(SYSTEM, programme=create_programme(SYSTEM, fields=path))
    code, lesson = {"code": course.code}, {"code": own_pace.code, "position": 1}
    own, of_session = {"pk": made.pk}, {"pk": session.pk}
    meeting = session.meetings.get(position=1)
    material = {"code": course.code, "material": material_of(course).pk}
    said = tell_class(SYSTEM, session=session, text="请带上样品。")
    return Arranged(
        kwargs={
            **{f"course_{name}": code for name in ("detail", "edit", "publication", "archive")},
            "course_material": code,
            "material_removal": {"pk": material["material"]},
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
            "teaching_message": of_session,
            "teaching_room": of_session,
            "teaching_everybody": {"pk": meeting.pk},
            "api-course-materials": code,
            "api-course-material": material,
            "api-course-desk-materials": code,
            "api-course-desk-material-removal": material,
            "api-course-detail": code,
            **{f"api-course-lesson{name}": lesson for name in ("", "-completion")},
            "api-programme-detail": {"code": programme.code},
            **{f"api-course-session-{name}": of_session for name in OF_SESSION},
            "api-course-session-code": of_session | {"meeting": meeting.pk},
            **{f"api-enrolment-{name}": own for name in ("detail", "seat", "withdrawal")},
            **{f"api-course-desk-{n}": code for n in ("detail", "publication", "archive")},
            "api-course-desk-lessons": code,
            **{f"api-course-desk-{name}": lesson for name in ("lesson", "lesson-move")},
            **{f"api-session-desk-{name}": of_session for name in ("detail", "cancellation")},
            "api-session-desk-opening": {"pk": planned.pk},
            **{
                f"api-programme-desk-{name}": {"code": programme.code}
                for name in ("detail", "publication", "end")
            },
        },
        bodies=_bodies(course, meeting, made, path),
        rows={
            "courses_course": course,
            "courses_programme": programme,
            "courses_session": session,
            "learning_learner": made.learner,
            "learning_enrolment": made,
            "learning_classmessage": said,
        },
    )
