"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "create_question": _("wrote the question"),
        "change_question": _("changed the question"),
        "retire_question": _("took the question out of the bank"),
        "set_quiz": _("said what the quiz is like"),
        "set_assignment": _("wrote the assignment"),
        "start_attempt": _("began an attempt at the quiz"),
        "submit_attempt": _("handed in the quiz"),
        "hand_in_work": _("handed in a work"),
        "give_mark": _("marked the work"),
        "ask_another_marker": _("asked another marker"),
        "work_is_marked": _("said what came of the work"),
        "give_course_feedback": _("gave feedback on the course"),
    },
)
