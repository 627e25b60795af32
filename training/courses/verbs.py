"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "create_course": _("wrote the course"),
        "change_course": _("changed the course"),
        "publish_course": _("published the course"),
        "archive_course": _("archived the course"),
        "add_lesson": _("added a lesson"),
        "change_lesson": _("changed the lesson"),
        "move_lesson": _("moved the lesson"),
        "add_material": _("added the material"),
        "remove_material": _("removed the material"),
        "create_programme": _("made the programme"),
        "change_programme": _("changed the programme"),
        "publish_programme": _("published the programme"),
        "end_programme": _("ended the programme"),
        "create_session": _("planned the session"),
        "change_session": _("changed the session"),
        "change_room": _("changed the room"),
        "open_session": _("opened the session"),
        "cancel_session": _("cancelled the session"),
        "session_is_running": _("the session began"),
        "session_is_done": _("the session ended"),
        "course_completed": _("completed the course"),
        "course_failed": _("did not complete the course"),
    },
)
