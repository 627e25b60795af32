"""Courses with lessons, sessions that take enrolments, and people who enrol."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.files import keep_made_file
from portal.parties.models import City, Party
from tests.factories import SYSTEM
from training.courses import services as courses
from training.courses.fields import CourseFields, LessonFields, SessionFields
from training.courses.files import MATERIAL
from training.courses.models import Course, Material, Session
from training.courses.states import CourseKind
from training.learning import services as learning
from training.learning.fields import EnrolFields
from training.learning.models import Enrolment

EVERYBODY = ("merchant", "provider", "agency", "creator")


def course_fields(code: str = "live-basics", **changes: Any) -> CourseFields:
    defaults: dict[str, Any] = {
        "code": code,
        "kind": CourseKind.LIVE,
        "title_zh": "直播间基本功",
        "title_en": "Live room basics",
        "summary_zh": "从排品到复盘，一场直播怎么做。",
        "summary_en": "A live session from its goods to its review.",
        "outcomes_zh": "能排一场直播\n能看懂复盘数据",
        "outcomes_en": "Plan a live session\nRead its figures",
        "audience": EVERYBODY,
        "level": "basic",
        "topics": ("live_room",),
        "planned_minutes": 120,
        "indicators": ("I1",),
        "needs_lessons": False,
        "least_attendance": 80,
    }
    if changes.get("kind") == CourseKind.OPEN:
        defaults |= {"needs_lessons": True, "least_attendance": 0}
    return CourseFields(**(defaults | changes))


def lesson_fields(title: str = "开播前", **changes: Any) -> LessonFields:
    defaults = {
        "title_zh": title,
        "title_en": f"Lesson {title}",
        "text_zh": "先看清单，再开播。",
        "text_en": "Check the list, then go live.",
        "minutes": 20,
    }
    return LessonFields(**(defaults | changes))


def published_course(code: str = "live-basics", lessons: int = 2, **changes: Any) -> Course:
    course = courses.create_course(SYSTEM, fields=course_fields(code, **changes))
    for number in range(lessons):
        courses.add_lesson(SYSTEM, course=course, fields=lesson_fields(f"第 {number + 1} 课"))
    return courses.publish_course(SYSTEM, course=course)


def material_of(course: Course, title: str = "讲义") -> Material:
    file = keep_made_file(
        SYSTEM,
        content=BytesIO(b"%PDF-1.4 handout"),
        content_type="application/pdf",
        name="handout.pdf",
        purpose=MATERIAL,
    )
    return Material.objects.create(course=course, title=title, file=file, added_at=clock.now())


def session_fields(course: Course, seats: int = 5, **changes: Any) -> SessionFields:
    """Begins in a week: two meetings of an hour; at one's own pace, open from now on."""
    now = clock.now()
    first = now + timedelta(days=7)
    second = first + timedelta(days=1)
    hour = timedelta(hours=1)
    defaults: dict[str, Any] = {
        "opens_at": now - timedelta(hours=1),
        "joins_until": first + timedelta(hours=2),
        "cancels_until": first - timedelta(days=1),
        "finishes_until": second + timedelta(days=14),
        "seats": seats,
        "meetings": ((first, first + hour), (second, second + hour)),
        "link": "https://live.example.com/1",
    }
    if course.kind == CourseKind.OPEN:
        defaults |= {
            "meetings": (),
            "link": "",
            "starts_at": now,
            "ends_at": now + timedelta(days=30),
            "joins_until": now + timedelta(days=30),
            "cancels_until": now + timedelta(days=30),
            "finishes_until": now + timedelta(days=30),
        }
    if course.kind in {CourseKind.OFFLINE, CourseKind.MEETUP}:
        defaults |= {
            "link": "",
            "city_id": City.objects.get(code="hangzhou").pk,
            "venue": "杭州培训中心 2 楼",
        }
    return SessionFields(**(defaults | changes))


def planned_session(course: Course | None = None, seats: int = 5, **changes: Any) -> Session:
    course = course or published_course()
    fields = session_fields(course, seats, **changes)
    return courses.create_session(SYSTEM, course=course, fields=fields)


def open_session(course: Course | None = None, seats: int = 5, **changes: Any) -> Session:
    return courses.open_session(SYSTEM, session=planned_session(course, seats, **changes))


def enrolled(actor: Actor, session: Session, party: Party, **changes: Any) -> Enrolment:
    fields = EnrolFields(**({"key": f"key-{actor.user_id}-{party.pk}"} | changes))
    return learning.enrol(actor, session=session, party=party, fields=fields)
