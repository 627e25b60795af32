from training.assessment.views.desk import (
    assignment_edit,
    question_create,
    question_edit,
    question_register,
    question_retirement,
    quiz_edit,
    work_register,
)
from training.assessment.views.learners import (
    assignment_detail,
    attempt_answers,
    attempt_create,
    attempt_detail,
    attempt_submission,
    feedback_create,
    quiz_detail,
)
from training.assessment.views.marking import marking_detail, marking_list, teaching_results

__all__ = [
    "assignment_detail",
    "assignment_edit",
    "attempt_answers",
    "attempt_create",
    "attempt_detail",
    "attempt_submission",
    "feedback_create",
    "marking_detail",
    "marking_list",
    "question_create",
    "question_edit",
    "question_register",
    "question_retirement",
    "quiz_detail",
    "quiz_edit",
    "teaching_results",
    "work_register",
]
