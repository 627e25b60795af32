from training.courses.models.courses import (
    Course,
    CourseQuerySet,
    Lesson,
    Material,
    MaterialQuerySet,
    Prerequisite,
    in_language,
)
from training.courses.models.programmes import Programme, ProgrammeCourse, ProgrammeQuerySet
from training.courses.models.sessions import Instructor, Meeting, Session, SessionQuerySet

__all__ = [
    "Course",
    "CourseQuerySet",
    "Instructor",
    "Lesson",
    "Material",
    "MaterialQuerySet",
    "Meeting",
    "Prerequisite",
    "Programme",
    "ProgrammeCourse",
    "ProgrammeQuerySet",
    "Session",
    "SessionQuerySet",
    "in_language",
]
