"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "report_conduct": _("reported the party"),
        "open_conduct_case": _("opened the case"),
        "notify_case": _("told the party what is held against it"),
        "answer_case": _("answered the charge"),
        "close_hearing": _("closed the hearing, to which nobody answered"),
        "confirm_case": _("found a violation"),
        "dismiss_case": _("dismissed the case"),
        "appeal_verdict": _("appealed against the decision"),
        "uphold_verdict": _("let the decision stand"),
        "overturn_verdict": _("overturned the decision"),
        "put_in_force": _("put the violation in force: nobody appealed"),
        "lapse_case": _("let the violation lapse"),
        "ask_action": _("asked for a corrective action"),
        "hand_in_action": _("handed in what was done"),
        "accept_action": _("found it done"),
        "return_action": _("returned what was handed in"),
        "fail_action": _("found it not done"),
        "extend_action": _("gave more time"),
        "overdue_action": _("found it overdue"),
        "impose_measure": _("took a measure"),
        "end_measure": _("ended the measure"),
        "withdraw_verdict_appeal": _("took the objection to the verdict back"),
    },
    told=("confirm_case", "dismiss_case", "uphold_verdict", "overturn_verdict"),
    setbacks=("notify_case", "confirm_case", "uphold_verdict"),
)
