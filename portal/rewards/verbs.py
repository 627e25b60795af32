"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "open_season": _("published the season's drafts"),
        "clone_programme": _("took the tasks of a season over"),
        "open_reward_pool": _("opened the pool"),
        "propose_budget": _("proposed another budget"),
        "approve_budget": _("approved the budget"),
        "refuse_budget": _("refused the budget"),
        "create_task": _("wrote the task"),
        "change_task": _("changed the draft of the task"),
        "publish_task": _("published the task"),
        "close_task": _("closed the task"),
        "claim_task": _("claimed the task"),
        "begin_claim": _("did the first step of the task"),
        "submit_claim": _("handed the claim in"),
        "reopen_claim": _("sent the claim back: an order that counted was refunded"),
        "suspect_claim": _("sent the claim to a person: there was a sign"),
        "take_up_claim": _("began to look at the claim"),
        "pass_claim": _("let the claim pass"),
        "fail_claim": _("did not let the claim pass"),
        "expire_claim": _("ended a claim that was not done in time"),
        "grant_reward": _("granted the reward"),
        "revoke_claim": _("revoked the claim"),
        "appeal_claim": _("objected to the result"),
        "withdraw_claim_appeal": _("withdrew the objection"),
        "decide_claim_appeal": _("decided the objection"),
        "restore_claim": _("let the claim pass on the objection"),
        "use_coupon": _("noted points of the coupon that were spent"),
        "expire_coupon": _("ended the coupon on its last day"),
    },
)
