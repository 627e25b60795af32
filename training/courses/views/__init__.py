from training.courses.views.desk import course_register, training_desk
from training.courses.views.programmes import programme_create, programme_edit, programme_step
from training.courses.views.sessions import (
    session_cancellation,
    session_create,
    session_edit,
    session_opening,
)
from training.courses.views.writing import (
    course_create,
    course_edit,
    course_material,
    course_step,
    lesson_create,
    lesson_edit,
    lesson_move,
    material_removal,
)

__all__ = [
    "course_create",
    "course_edit",
    "course_material",
    "course_register",
    "course_step",
    "lesson_create",
    "lesson_edit",
    "lesson_move",
    "material_removal",
    "programme_create",
    "programme_edit",
    "programme_step",
    "session_cancellation",
    "session_create",
    "session_edit",
    "session_opening",
    "training_desk",
]
