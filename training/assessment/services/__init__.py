"""Lock order: the enrolment, then its attempt or its work, then a mark; a course, then its bank."""

from portal.core.actor import Actor
from training.assessment.services.bank import (
    change_question,
    create_question,
    put_questions,
    retire_question,
    set_assignment,
    set_quiz,
)
from training.assessment.services.bulk import (
    Handed,
    Said,
    Tried,
    bring_attempts,
    bring_feedback,
    bring_works,
)
from training.assessment.services.bulk_bank import bring_quizzes
from training.assessment.services.feedback import give_feedback
from training.assessment.services.marks import ask_another, give_mark, replace_late, sweep_marks
from training.assessment.services.quizzes import (
    end_attempts,
    save_answers,
    start_attempt,
    submit_attempt,
)
from training.assessment.services.works import hand_in_work


def sweep_assessment(actor: Actor) -> int:
    """What the clock does: attempts end, works find markers, who is late is reminded."""
    return end_attempts(actor) + sweep_marks(actor)


__all__ = [
    "Handed",
    "Said",
    "Tried",
    "ask_another",
    "bring_attempts",
    "bring_feedback",
    "bring_quizzes",
    "bring_works",
    "change_question",
    "create_question",
    "end_attempts",
    "give_feedback",
    "give_mark",
    "hand_in_work",
    "put_questions",
    "replace_late",
    "retire_question",
    "save_answers",
    "set_assignment",
    "set_quiz",
    "start_attempt",
    "submit_attempt",
    "sweep_assessment",
    "sweep_marks",
]
