from training.learning.models.enrolments import (
    Enrolment,
    EnrolmentQuerySet,
    LessonProgress,
    Presence,
    Reminder,
)
from training.learning.models.learners import Learner, LearnerQuerySet, LearningFeed

__all__ = [
    "Enrolment",
    "EnrolmentQuerySet",
    "Learner",
    "LearnerQuerySet",
    "LearningFeed",
    "LessonProgress",
    "Presence",
    "Reminder",
]
