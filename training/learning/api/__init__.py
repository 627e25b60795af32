from training.learning.api.catalogue import CourseViewSet, ProgrammeViewSet
from training.learning.api.enrolments import EnrolmentViewSet
from training.learning.api.sessions import CourseSessionViewSet, PresenceScanView

__all__ = [
    "CourseSessionViewSet",
    "CourseViewSet",
    "EnrolmentViewSet",
    "PresenceScanView",
    "ProgrammeViewSet",
]
