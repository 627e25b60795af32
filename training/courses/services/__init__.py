"""Lock order: the session, then its occasion's pool; a course before its lessons."""

from training.courses.services.bulk import SessionLife, bring_courses, bring_sessions
from training.courses.services.courses import (
    add_material,
    archive_course,
    change_course,
    create_course,
    publish_course,
    remove_material,
)
from training.courses.services.lessons import add_lesson, change_lesson, move_lesson
from training.courses.services.programmes import (
    change_programme,
    create_programme,
    end_programme,
    publish_programme,
)
from training.courses.services.sessions import (
    cancel_session,
    change_room,
    change_session,
    create_session,
    lived_through,
    open_session,
    sweep_sessions,
)

__all__ = [
    "SessionLife",
    "add_lesson",
    "add_material",
    "archive_course",
    "bring_courses",
    "bring_sessions",
    "cancel_session",
    "change_course",
    "change_lesson",
    "change_programme",
    "change_room",
    "change_session",
    "create_course",
    "create_programme",
    "create_session",
    "end_programme",
    "lived_through",
    "move_lesson",
    "open_session",
    "publish_course",
    "publish_programme",
    "remove_material",
    "sweep_sessions",
]
