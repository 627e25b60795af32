"""Tasks and rewards: claimed, counted, verified, rewarded, taken back.

Lock order, everywhere: the party (one, or several by key), then claims by key, then tasks by key,
then pools by key. Whoever claims takes the task's and the pool's row by the last statement of the
transaction, and no Python runs while they are held. Every change of a pool writes its rows in the
same transaction; `selectors.verification` proves that they add up.
"""

from portal.rewards.services.appeals import EVIDENCE, appeal_claim, decide_appeal, withdraw_appeal
from portal.rewards.services.batches import GRANT, grant_rewards, grant_some
from portal.rewards.services.budgets import (
    approve_budget,
    open_pool,
    propose_budget,
    refuse_budget,
)
from portal.rewards.services.claiming import claim_task, withdraw_claim
from portal.rewards.services.counting import record_step, record_steps, recount
from portal.rewards.services.coupons import expire_coupons, use_coupons
from portal.rewards.services.lapsing import expire_claims
from portal.rewards.services.paying import PAID_AT_ONCE, PAY, owed_rewards, pay_rewards, pay_some
from portal.rewards.services.programmes import clone_programme, create_programme
from portal.rewards.services.recording import record_known_steps
from portal.rewards.services.remedies import refresh_remedies
from portal.rewards.services.revoking import revoke_claim
from portal.rewards.services.tasks import (
    change_task,
    close_task,
    create_task,
    open_season,
    publish_task,
)
from portal.rewards.services.verifying import (
    advance,
    fail_claim,
    pass_claim,
    submit_claim,
    take_up_claim,
)

__all__ = [
    "EVIDENCE",
    "GRANT",
    "PAID_AT_ONCE",
    "PAY",
    "advance",
    "appeal_claim",
    "approve_budget",
    "change_task",
    "claim_task",
    "clone_programme",
    "close_task",
    "create_programme",
    "create_task",
    "decide_appeal",
    "expire_claims",
    "expire_coupons",
    "fail_claim",
    "grant_rewards",
    "grant_some",
    "open_pool",
    "open_season",
    "owed_rewards",
    "pass_claim",
    "pay_rewards",
    "pay_some",
    "propose_budget",
    "publish_task",
    "record_known_steps",
    "record_step",
    "record_steps",
    "recount",
    "refresh_remedies",
    "refuse_budget",
    "revoke_claim",
    "submit_claim",
    "take_up_claim",
    "use_coupons",
    "withdraw_appeal",
    "withdraw_claim",
]
