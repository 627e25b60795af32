from training.assessment.forms.learners import FeedbackForm, MarkForm, WorkForm, answers_given
from training.assessment.forms.writing import AssignmentForm, QuestionForm, QuizForm

__all__ = [
    "AssignmentForm",
    "FeedbackForm",
    "MarkForm",
    "QuestionForm",
    "QuizForm",
    "WorkForm",
    "answers_given",
]
