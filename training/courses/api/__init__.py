from training.courses.api.courses import CourseDeskViewSet
from training.courses.api.plan import TrainingPlanView
from training.courses.api.programmes import ProgrammeDeskViewSet
from training.courses.api.sessions import SessionDeskViewSet

__all__ = ["CourseDeskViewSet", "ProgrammeDeskViewSet", "SessionDeskViewSet", "TrainingPlanView"]
