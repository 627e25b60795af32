"""Introductions are their two sides' and the brokers'; needs at rest are the operators'."""

from datetime import timedelta

from matchmaking.brokerage import services
from matchmaking.brokerage.fields import IntroductionFields
from matchmaking.brokerage.models import Nudge
from matchmaking.brokerage.states import Stage
from portal.core import clock
from tests import factories
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

DESK = "visitor 302, operator 200, administrator 200, * 403"
WRITES = "visitor 302, operator 302, administrator 302, * 403"
OWN_STEP = "visitor 302, owner 403, member 403, operator {}, administrator {}, * 404"
DESKS = "operator {0}, administrator {0}, * 404"
OWN_CALL = "visitor 401, owner 403, member 403, operator {0}, administrator {0}, * 404"
CALLS = ("detail", "withdrawal", "answer", "taking", "offering", "refusal", "contract", "outcome")
PAGES = {
    "GET introduction_list": "visitor 302, * 200",
    "GET introduction_create": "visitor 302, owner 200, agency 200, * 403",
    "POST introduction_create": "visitor 302, owner 200, agency 200, * 403",  # empty
    "GET introduction_detail": (
        "visitor 302, owner 200, member 200, operator 200, administrator 200, * 404"
    ),
    "POST introduction_withdrawal": (
        "visitor 302, owner 302, member 403, operator 403, administrator 403, * 404"
    ),
    "POST introduction_answer": (
        "visitor 302, owner 200, member 200, operator 200, administrator 200, * 404"
    ),  # without an answer the page comes back
    "POST introduction_step": OWN_STEP.format(302, 302),
    "POST introduction_refusal": OWN_STEP.format(302, 302),
    "POST introduction_contract": OWN_STEP.format(200, 200),  # no file
    "POST introduction_outcome": OWN_STEP.format(200, 200),  # no words
    "GET broker_list": DESK,
    "GET represented_list": DESK,
    "GET represent_creator": DESK,
    "POST represent_creator": DESK,  # empty
    "POST representation_end": WRITES,
    "GET still_list": DESK,
    "POST need_nudge": "visitor 302, operator 409, administrator 409, * 403",
}
API = {
    "GET api-introduction-list": "visitor 401, * 200",
    "POST api-introduction-list": "visitor 401, owner 409, agency 201, * 403",
    "GET api-introduction-detail": f"visitor 401, owner 200, member 200, {DESKS.format(200)}",
    "POST api-introduction-withdrawal": f"visitor 401, owner 200, member 403, {DESKS.format(403)}",
    "POST api-introduction-answer": f"visitor 401, owner 403, member 403, {DESKS.format(403)}",
    "POST api-introduction-taking": OWN_CALL.format(200),
    "POST api-introduction-offering": OWN_CALL.format(409),
    "POST api-introduction-refusal": OWN_CALL.format(200),
    "POST api-introduction-contract": OWN_CALL.format(409),
    "POST api-introduction-outcome": OWN_CALL.format(409),
}
ADMIN: dict[str, str] = {}
SEEN_IN_ADMIN = {
    "brokerage_introduction": ("operator",),
    "brokerage_representation": ("operator",),
    "brokerage_nudge": ("operator",),
}
STEPS = ("detail", "withdrawal", "answer", "step", "refusal", "contract", "outcome")


def arrange(cast: Cast) -> Arranged:
    assert cast.creator.party is not None
    row = services.represent_creator(SYSTEM, creator=cast.creator.party, note="电话确认")
    wanted = clock.today() + timedelta(days=14)
    fields = IntroductionFields("专场", "专场一场", 30_000_000, wanted)
    asked = services.ask_introduction(cast.owner.actor, creator=cast.creator.party, fields=fields)
    need = factories.open_need(cast.owner.actor)
    nudge = Nudge.objects.create(
        need=factories.open_need(cast.owner.actor),
        stage=Stage.NOBODY,
        day=clock.today(),
        at=clock.now(),
    )
    about, creator = {"public_id": asked.public_id}, {"pk": cast.creator.party.pk}
    body = {
        "creator": cast.creator.party.pk,
        "subject": "专场",
        "brief": "专场一场",
        "budget_fen": 30_000_000,
        "wanted_by": wanted.isoformat(),
    }
    return Arranged(
        kwargs={f"introduction_{step}": about for step in STEPS}
        | {f"api-introduction-{step}": about for step in CALLS}
        | {"introduction_create": creator, "represent_creator": creator}
        | {"representation_end": {"pk": row.pk}, "need_nudge": {"pk": need.pk}},
        bodies={
            "POST introduction_step": {"step": "take"},
            "POST introduction_refusal": {"reason": "不合适"},
            "POST api-introduction-list": body,
            "POST api-introduction-answer": {"agrees": True},
            "POST api-introduction-refusal": {"reason": "不合适"},
        },
        rows={
            "brokerage_introduction": asked,
            "brokerage_representation": row,
            "brokerage_nudge": nudge,
        },
    )
