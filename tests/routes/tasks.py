"""Tasks: a party's own for its people; seasons, pools and claims for operators and finance."""

from __future__ import annotations

from portal.rewards import services
from portal.rewards.models import Claim, Coupon
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.rewards.making import claimed, coupon_task, season, task_fields, task_of, went_live
from tests.routes import Arranged, Cast

OURS = "owner {0}, member {0}, provider {0}, rival {0}, agency {0}, creator {0}"
RUNS = "operator {0}, administrator {0}"
LOOKS = "operator 200, evaluation 200, risk 200, finance maker 200, finance checker 200, "
LOOKS += "auditor 200, administrator 200"
POOLS = "operator 200, finance maker 200, finance checker 200, auditor 200, administrator 200"
PAGES = {
    "GET task_list": "* 200",
    "GET task_detail": "* 200",
    "POST task_claim": "visitor 302, creator 302, provider 302, rival 302, member 403, "
    "owner 403, agency 403, * 404",
    "GET task_mine": f"visitor 302, {OURS.format(200)}, * 404",
    "GET task_rewards": f"visitor 302, {OURS.format(200)}, * 404",
    "GET coupon_detail": f"visitor 302, creator 200, {LOOKS}, * 404",
    "GET task_claim_detail": f"visitor 302, creator 200, {LOOKS}, * 404",
    "POST task_claim_submission": "visitor 302, creator 302, operator 422, evaluation 422, "
    "risk 422, finance maker 422, finance checker 422, auditor 422, administrator 422, * 404",
    "POST task_claim_withdrawal": "visitor 302, creator 302, operator 403, evaluation 403, "
    "risk 403, finance maker 403, finance checker 403, auditor 403, administrator 403, * 404",
    "GET task_appeal_create": "visitor 302, creator 200, operator 403, evaluation 403, "
    "risk 403, finance maker 403, finance checker 403, auditor 403, administrator 403, * 404",
    "POST task_appeal_create": "visitor 302, creator 302, operator 403, evaluation 403, "
    "risk 403, finance maker 403, finance checker 403, auditor 403, administrator 403, * 404",
    "GET task_appeal_detail": f"visitor 302, creator 200, {LOOKS}, * 404",
    "POST task_appeal_detail": "visitor 302, creator 403, operator 302, evaluation 302, "
    "risk 403, finance maker 403, finance checker 403, auditor 403, administrator 302, * 404",
    "POST task_appeal_withdrawal": "visitor 302, creator 302, operator 403, evaluation 403, "
    "risk 403, finance maker 403, finance checker 403, auditor 403, administrator 403, * 404",
    "POST task_claim_taking": "visitor 302, operator 302, risk 302, administrator 302, "
    "creator 403, evaluation 403, finance maker 403, finance checker 403, auditor 403, * 404",
    "POST task_claim_verdict": "visitor 302, operator 302, risk 302, administrator 302, "
    "creator 403, evaluation 403, finance maker 403, finance checker 403, auditor 403, * 404",
    "POST task_claim_revocation": "visitor 302, operator 302, risk 302, administrator 302, "
    "creator 403, evaluation 403, finance maker 403, finance checker 403, auditor 403, * 404",
    "GET task_desk": f"visitor 302, {LOOKS}, * 403",
    "GET task_claim_register": f"visitor 302, {LOOKS}, * 403",
    "GET task_register": f"visitor 302, {LOOKS}, * 403",
    "GET task_edit": f"visitor 302, {LOOKS}, * 403",
    "POST task_edit": f"visitor 302, {RUNS.format(422)}, * 403",
    "POST task_publication": f"visitor 302, {RUNS.format(302)}, * 403",
    "POST task_closing": f"visitor 302, {RUNS.format(302)}, * 403",
    "GET task_create": f"visitor 302, {RUNS.format(200)}, * 403",
    "POST task_create": f"visitor 302, {RUNS.format(422)}, * 403",
    "GET season_list": f"visitor 302, {POOLS}, * 403",
    "GET season_detail": f"visitor 302, {POOLS}, * 403",
    "GET season_create": f"visitor 302, {RUNS.format(200)}, * 403",
    "POST season_create": f"visitor 302, {RUNS.format(422)}, * 403",
    "GET season_clone": f"visitor 302, {RUNS.format(200)}, * 403",
    "POST season_clone": f"visitor 302, {RUNS.format(422)}, * 403",
    "POST season_opening": f"visitor 302, {RUNS.format(302)}, * 403",
    "POST pool_create": f"visitor 302, {RUNS.format(409)}, * 403",
    "GET pool_detail": f"visitor 302, {POOLS}, * 403",
    "POST pool_detail": "visitor 302, operator 422, finance maker 422, administrator 422, * 403",
    "POST budget_decision": "visitor 302, finance checker 302, administrator 302, * 403",
}


def arrange(cast: Cast) -> Arranged:
    """The creator is on its way through a task, handed another in, was refused a third and has a
    coupon of a fourth."""
    creator = cast.creator.party
    programme = season()
    task = task_of(programme)
    draft = services.create_task(SYSTEM, programme=programme, fields=task_fields())
    verifier = staff_person("risk", "support").actor
    running = claimed(task_of(programme, check_by="operator"), creator)
    waiting = [claimed(task_of(programme, check_by="operator"), creator) for _two in range(3)]
    won = claimed(coupon_task(programme), creator)
    went_live(creator)
    for claim in waiting:
        services.submit_claim(SYSTEM, claim=_fresh(claim))
    failed = services.fail_claim(verifier, claim=_fresh(waiting[1]), reason="同一买家")
    again = services.fail_claim(verifier, claim=_fresh(waiting[2]), reason="同一买家")
    appeal = services.appeal_claim(cast.creator.actor, claim=again, text="并非同一买家")
    change = services.propose_budget(
        staff_person("finance maker", "support").actor,
        pool=programme.pools.get(unit="cash"),
        amount=100,
        reason="追加",
    )
    claims = {"pk": waiting[0].pk}
    return Arranged(
        kwargs={
            "task_detail": {"pk": task.pk},
            "task_claim": {"pk": task.pk},
            "coupon_detail": {"pk": Coupon.objects.get(claim=won).pk},
            "task_claim_detail": claims,
            "task_claim_submission": {"pk": running.pk},
            "task_claim_withdrawal": {"pk": running.pk},
            "task_claim_taking": claims,
            "task_claim_verdict": claims,
            "task_claim_revocation": {"pk": won.pk},
            "task_appeal_create": {"pk": failed.pk},
            "task_appeal_detail": {"pk": appeal.pk},
            "task_appeal_withdrawal": {"pk": appeal.pk},
            "task_edit": {"pk": draft.pk},
            "task_publication": {"pk": draft.pk},
            "task_closing": {"pk": task.pk},
            **{
                name: {"code": programme.code}
                for name in (
                    *("season_detail", "season_clone", "season_opening"),
                    *("task_create", "pool_create"),
                )
            },
            "pool_detail": {"pk": change.pool_id},
            "budget_decision": {"pk": change.pk},
        },
        bodies={
            "POST task_claim_verdict": {"decision": "pass"},
            "POST task_claim_revocation": {"reason": "复查", "consequence": "reward"},
            "POST task_appeal_create": {"text": "并非同一买家"},
            "POST task_appeal_detail": {"decision": "uphold", "sentence": "依据成立"},
            "POST task_closing": {"reason": "名额已满"},
            "POST pool_create": {"unit": "cash"},
            "POST budget_decision": {"decision": "approve"},
        },
    )


def _fresh(claim: Claim) -> Claim:
    return Claim.objects.whole().get(pk=claim.pk)
