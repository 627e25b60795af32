from training.assessment.api.quizzes import AttemptViewSet, QuestionViewSet, QuizViewSet
from training.assessment.api.works import (
    AssignmentViewSet,
    FeedbackViewSet,
    MarkViewSet,
    WorkViewSet,
)

__all__ = [
    "AssignmentViewSet",
    "AttemptViewSet",
    "FeedbackViewSet",
    "MarkViewSet",
    "QuestionViewSet",
    "QuizViewSet",
    "WorkViewSet",
]
