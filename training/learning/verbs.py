"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "enrol": _("enrolled"),
        "take_up_course_offer": _("took up the seat"),
        "withdraw_enrolment": _("gave the seat back"),
        "finish_lesson": _("finished a lesson"),
        "tell_class": _("wrote to the class"),
        "record_presence": _("wrote down who was there"),
        "clear_presence": _("took a presence back"),
        "change_learning_feed": _("changed the calendar link of the courses"),
    },
)
