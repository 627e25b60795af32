from training.assessment.models.feedback import Feedback
from training.assessment.models.quizzes import (
    AskedQuestion,
    Attempt,
    AttemptQuerySet,
    Question,
    QuestionQuerySet,
    Quiz,
)
from training.assessment.models.works import (
    Assignment,
    Criterion,
    Mark,
    Marker,
    MarkQuerySet,
    Work,
    WorkFile,
    WorkQuerySet,
)

__all__ = [
    "AskedQuestion",
    "Assignment",
    "Attempt",
    "AttemptQuerySet",
    "Criterion",
    "Feedback",
    "Mark",
    "MarkQuerySet",
    "Marker",
    "Question",
    "QuestionQuerySet",
    "Quiz",
    "Work",
    "WorkFile",
    "WorkQuerySet",
]
