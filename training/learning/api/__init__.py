from training.learning.api.calendars import LearningCalendarView
from training.learning.api.catalogue import CourseViewSet, ProgrammeViewSet
from training.learning.api.enrolments import EnrolmentViewSet
from training.learning.api.sessions import CourseSessionViewSet, PresenceScanView

__all__ = [
    "CourseSessionViewSet",
    "CourseViewSet",
    "EnrolmentViewSet",
    "LearningCalendarView",
    "PresenceScanView",
    "ProgrammeViewSet",
]
