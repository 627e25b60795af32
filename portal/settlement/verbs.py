"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "prepare_run": _("prepared the settlement"),
        "stop_run": _("stopped the run"),
        "resume_run": _("let the run go on"),
        "calculate_run": _("calculated the statements"),
        "send_run": _("sent the statements"),
        "approve_run": _("approved the settlement"),
        "send_statement": _("sent the statement"),
        "agree_statement": _("agreed to the statement"),
        "agree_silently": _("let the days pass: agreed by silence"),
        "agree_after_disputes": _("agreed: the last dispute is decided"),
        "dispute_statement": _("disputed lines of the statement"),
        "approve_statement": _("approved the statement"),
        "pay_statement": _("paid the statement"),
        "fail_statement": _("could not pay the statement"),
        "reconcile_statement": _("found the statement's payment at the bank"),
        "close_statement": _("closed the statement"),
        "lose_statement": _("found that the bank's row was another payment's"),
        "dispute_lines": _("disputed the lines"),
        "withdraw_line_dispute": _("took the dispute back"),
        "decide_line_dispute": _("decided the dispute"),
        "prepare_adjustment": _("prepared the correction"),
        "approve_adjustment": _("approved and posted the correction"),
        "decline_adjustment": _("declined the correction"),
    },
)
