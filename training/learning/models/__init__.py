from training.learning.models.enrolments import (
    Enrolment,
    EnrolmentQuerySet,
    LessonProgress,
    Presence,
    Reminder,
)
from training.learning.models.learners import Learner, LearnerQuerySet, LearningFeed
from training.learning.models.messages import ClassMessage, ClassMessageQuerySet

__all__ = [
    "ClassMessage",
    "ClassMessageQuerySet",
    "Enrolment",
    "EnrolmentQuerySet",
    "Learner",
    "LearnerQuerySet",
    "LearningFeed",
    "LessonProgress",
    "Presence",
    "Reminder",
]
