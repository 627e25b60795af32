"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "draft_method": _("drafted the method"),
        "edit_method": _("changed the draft of the method"),
        "announce_method": _("announced the method"),
        "withdraw_method": _("took the method back"),
        "bring_method_into_force": _("brought the method into force"),
        "retire_method": _("retired the method"),
        "start_snapshot": _("started the snapshot"),
        "compute_snapshot": _("computed the snapshot"),
        "fail_snapshot": _("failed to compute the snapshot"),
        "retry_snapshot": _("computed the snapshot again"),
        "publish_snapshot": _("published the snapshot"),
        "replace_snapshot": _("replaced the snapshot by a corrected one"),
        "decide_appeal": _("decided the appeal"),
        "file_rating_appeal": _("filed the appeal"),
        "withdraw_rating_appeal": _("withdrew the appeal"),
        "examine_rating_appeal": _("examined the appeal"),
        "decide_rating_appeal": _("answered the appeal"),
        "remind_of_appeal": _("reminded of the appeal"),
        "draft_plan": _("drafted the plan"),
        "edit_plan": _("changed the plan"),
        "propose_plan": _("signed the plan first"),
        "agree_plan": _("signed the plan, too"),
        "return_plan": _("handed the plan back"),
        "withdraw_plan": _("withdrew the plan"),
        "close_plan": _("closed the plan"),
        "record_facts": _("recorded facts"),
        "hand_in_item": _("handed in what was done for the plan"),
        "hand_back_item": _("handed the item of the plan back"),
        "settle_item": _("decided the item of the plan"),
        "register_remedy": _("put the remedy in"),
        "close_remedy": _("took the remedy out"),
    },
    told=("decide_rating_appeal", "return_plan"),
)
