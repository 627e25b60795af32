from training.courses.forms.courses import CourseForm, LessonForm, MaterialForm
from training.courses.forms.programmes import ProgrammeForm
from training.courses.forms.sessions import ReasonForm, SessionForm

__all__ = [
    "CourseForm",
    "LessonForm",
    "MaterialForm",
    "ProgrammeForm",
    "ReasonForm",
    "SessionForm",
]
