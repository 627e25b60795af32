"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "draft_chapter": _("began the chapter"),
        "save_chapter": _("wrote at the chapter"),
        "publish_chapter": _("published a version of the chapter"),
        "drop_chapter_draft": _("threw the draft away"),
        "retire_chapter": _("took the chapter out"),
        "return_chapter": _("put the chapter back"),
        "move_chapter": _("moved the chapter"),
        "add_adviser": _("added the adviser"),
        "edit_adviser": _("changed what stands of the adviser"),
        "release_adviser": _("ended the adviser's time in the group"),
        "add_slots": _("planned hours"),
        "withdraw_slot": _("withdrew the hour"),
        "book_slot": _("booked the hour"),
        "cancel_booking": _("cancelled the hour"),
        "hold_booking": _("said that it took place"),
        "miss_booking": _("said that somebody did not come"),
        "note_booking": _("shared notes"),
        "rate_booking": _("gave feedback"),
    },
)
