from training.advice.forms.advisers import AdviserForm, ReasonForm, SlotForm
from training.advice.forms.bookings import (
    AbsenceForm,
    NotesForm,
    QuestionForm,
    RatingForm,
)
from training.advice.forms.handbook import ChangesForm, ChapterForm

__all__ = [
    "AbsenceForm",
    "AdviserForm",
    "ChangesForm",
    "ChapterForm",
    "NotesForm",
    "QuestionForm",
    "RatingForm",
    "ReasonForm",
    "SlotForm",
]
