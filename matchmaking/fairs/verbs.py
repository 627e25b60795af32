"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "create_fair": _("wrote the fair"),
        "change_fair": _("changed the fair"),
        "publish_fair": _("published the fair"),
        "cancel_fair": _("cancelled the fair"),
        "schedule_fair": _("set the times of the fair"),
        "make_invitation_code": _("made an invitation code"),
        "sign_up": _("signed up"),
        "take_up_offer": _("took the place that was offered"),
        "withdraw_sign_up": _("withdrew the sign-up"),
        "accept_sign_up": _("accepted the sign-up"),
        "ask_sign_up": _("asked for more about the sign-up"),
        "answer_sign_up": _("answered what was asked about the sign-up"),
        "reject_sign_up": _("refused the sign-up"),
        "make_wishes": _("said whom to meet"),
        "plan_meetings": _("planned the meetings"),
        "publish_plan": _("published the plan of meetings"),
        "fix_meeting": _("fixed a meeting"),
        "move_meeting": _("moved a meeting"),
        "check_in": _("checked in"),
        "tell_outcome": _("said what came of a meeting"),
        "follow_up_fair": _("asked what came of the fair"),
        "review_fair": _("rated the fair"),
        "change_agenda_feed": _("changed the calendar link of the fairs"),
    },
)
