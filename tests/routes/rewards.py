"""Tasks for machines, and what operators see of them in the admin; the pages are in `tasks`."""

from __future__ import annotations

from portal.rewards import services
from portal.rewards.models import Claim, Coupon
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.rewards.making import claimed, coupon_task, season, task_fields, task_of, went_live
from tests.routes import Arranged, Cast

SEERS = ("operator", "evaluation", "risk", "finance maker", "finance checker", "auditor")
POOLERS = ("operator", "finance maker", "finance checker", "auditor")
SEES = ", ".join(f"{one} {{0}}" for one in (*SEERS, "administrator"))
POOLS = ", ".join(f"{one} 200" for one in (*POOLERS, "administrator"))
OWN = f"visitor 401, creator {{0}}, {SEES.format(403)}, * 404"
SEEN = f"visitor 401, creator 200, {SEES.format(200)}, * 404"
LOOKING = "evaluation 403, finance maker 403, finance checker 403, auditor 403"
DECIDES = f"visitor 401, operator 200, risk 200, administrator 200, creator 403, {LOOKING}, * 404"
EDITS = "operator {0}, administrator {0}, * 403"
DRAFT = f"operator {{0}}, administrator {{0}}, risk 403, {LOOKING}, * 404"
BUDGETS = "visitor 401, finance checker 200, administrator 200, * 403"
API = {
    "GET api-task-list": "* 200",
    "POST api-task-list": EDITS.format(400),
    "GET api-task-detail": "* 200",
    "PUT api-task-detail": EDITS.format(409),
    "PUT api-task-detail@draft": DRAFT.format(400),
    "POST api-task-publication": DRAFT.format(200),
    "POST api-task-closing": EDITS.format(200),
    "POST api-task-granting": "operator 202, risk 202, administrator 202, * 403",
    "GET api-task-path": "owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 404",
    "POST api-task-claims": "creator 201, provider 201, rival 201, owner 403, member 403, "
    "agency 403, * 404",
    "GET api-task-season-list": "* 200",
    "POST api-task-season-list": EDITS.format(400),
    "GET api-task-season-detail": "* 200",
    "POST api-task-season-clones": EDITS.format(400),
    "POST api-task-season-opening": EDITS.format(200),
    "POST api-task-season-pools": EDITS.format(409),  # there is one
    "GET api-task-claim-list": "visitor 401, * 200",
    "GET api-task-claim-detail": SEEN,
    "POST api-task-claim-withdrawal": OWN.format(200),
    "POST api-task-claim-submission": OWN.format(422),  # nothing is reached yet
    "POST api-task-claim-taking": DECIDES,
    "POST api-task-claim-verdict": DECIDES,
    "POST api-task-claim-revocation": DECIDES,
    "POST api-task-claim-appeals": OWN.format(201),
    "GET api-task-appeal-list": "visitor 401, * 200",
    "GET api-task-appeal-detail": SEEN,
    "POST api-task-appeal-withdrawal": OWN.format(200),
    "POST api-task-appeal-answer": "visitor 401, operator 200, evaluation 200, "
    "administrator 200, creator 403, risk 403, finance maker 403, finance checker 403, "
    "auditor 403, * 404",
    "GET api-traffic-coupon-list": "visitor 401, * 200",
    "GET api-traffic-coupon-detail": SEEN,
    "POST api-traffic-coupon-uses": "visitor 401, operator 400, administrator 400, * 403",
    "GET api-reward-pool-list": f"visitor 401, {POOLS}, * 403",
    "GET api-reward-pool-detail": f"visitor 401, {POOLS}, * 403",
    "GET api-reward-pool-entries": f"visitor 401, {POOLS}, * 403",
    "POST api-reward-pool-changes": "visitor 401, operator 201, finance maker 201, "
    "administrator 201, * 403",
    "GET api-budget-change-detail": f"visitor 401, {POOLS}, * 403",
    "POST api-budget-change-approval": BUDGETS,
    "POST api-budget-change-refusal": BUDGETS,
}
SEEN_IN_ADMIN = {
    **{f"rewards_{name}": SEERS for name in ("programme", "task", "claim", "claimappeal")},
    "rewards_coupon": SEERS,
    **{f"rewards_{name}": POOLERS for name in ("pool", "poolentry", "budgetchange")},
}
MINE, NOBODY = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
ADMIN = {
    f"{method} admin:rewards_couponkind_{view}": NOBODY if view == "delete" else MINE
    for view in ("changelist", "history", "change", "add", "delete")
    for method in ("GET", "POST")
    if (method, view) not in {("POST", "changelist"), ("POST", "history")}
}


def arrange(cast: Cast) -> Arranged:
    """The creator is on its way through a task, handed another in, was refused two, and has a
    coupon of a fifth."""
    creator = cast.creator.party
    assert creator is not None
    programme = season()
    task = task_of(programme)
    draft = services.create_task(SYSTEM, programme=programme, fields=task_fields())
    shown = task_of(programme, check_by="operator")
    waiting, refused, again = (
        claimed(one, creator)
        for one in (shown, *(task_of(programme, check_by="operator") for _two in range(2)))
    )
    won = claimed(coupon_task(programme), creator)
    went_live(creator)
    for claim in (waiting, refused, again):
        services.submit_claim(SYSTEM, claim=_fresh(claim))
    running = claimed(task_of(programme, check_by="operator"), creator)
    verifier = staff_person("risk", "support").actor
    failed, other = (
        services.fail_claim(verifier, claim=_fresh(one), reason="同一买家")
        for one in (refused, again)
    )
    appeal = services.appeal_claim(cast.creator.actor, claim=other, text="并非同一买家")
    pool = programme.pools.get(unit="cash")
    maker = staff_person("finance maker", "support").actor
    change = services.propose_budget(maker, pool=pool, amount=100, reason="追加")
    coupon = Coupon.objects.get(claim=won)
    return Arranged(
        kwargs={
            **{f"api-task-{name}": {"pk": task.pk} for name in ("detail", "path", "claims")},
            "api-task-closing": {"pk": task.pk},
            "api-task-granting": {"pk": shown.pk},
            "api-task-detail@draft": {"pk": draft.pk},
            "api-task-publication": {"pk": draft.pk},
            **{
                f"api-task-season-{name}": {"pk": programme.pk}
                for name in ("detail", "clones", "opening", "pools")
            },
            **{
                f"api-task-claim-{name}": {"pk": running.pk}
                for name in ("detail", "withdrawal", "submission")
            },
            **{f"api-task-claim-{name}": {"pk": waiting.pk} for name in ("taking", "verdict")},
            "api-task-claim-revocation": {"pk": won.pk},
            "api-task-claim-appeals": {"pk": failed.pk},
            **{
                f"api-task-appeal-{name}": {"pk": appeal.pk}
                for name in ("detail", "withdrawal", "answer")
            },
            "api-traffic-coupon-detail": {"pk": coupon.pk},
            **{
                f"api-reward-pool-{name}": {"pk": programme.pools.get(unit="coupon").pk}
                for name in ("detail", "entries", "changes")
            },
            **{
                f"api-budget-change-{name}": {"pk": change.pk}
                for name in ("detail", "approval", "refusal")
            },
        },
        bodies={
            "POST api-task-closing": {"reason": "名额已满"},
            "PUT api-task-detail": {},
            "PUT api-task-detail@draft": {},
            "POST api-task-season-pools": {"reward_unit": "cash"},
            "POST api-task-claim-verdict": {"passes": True},
            "POST api-task-claim-revocation": {"reason": "复查", "consequence": "reward"},
            "POST api-task-claim-appeals": {"text": "并非同一买家"},
            "POST api-task-appeal-answer": {"grants": False, "sentence": "依据成立"},
            "POST api-reward-pool-changes": {"amount": 100, "reason": "追加"},
            "POST api-budget-change-refusal": {"reason": "暂不追加"},
        },
        rows={
            "rewards_programme": programme,
            "rewards_task": task,
            "rewards_claim": waiting,
            "rewards_claimappeal": appeal,
            "rewards_coupon": coupon,
            "rewards_pool": pool,
            "rewards_poolentry": pool.entries.first(),
            "rewards_budgetchange": change,
            "rewards_couponkind": coupon.kind,
        },
    )


def _fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)
