"""The demo's courses with their lessons, and programmes of them, made through the services."""

from training.courses.demo.courses import make_courses
from training.courses.demo.programmes import make_programmes
from training.courses.demo.texts import CourseText, LessonText, course_texts

__all__ = ["CourseText", "LessonText", "course_texts", "make_courses", "make_programmes"]
