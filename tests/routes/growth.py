"""Rules of growth are public; a creator's lines are its own and its operators'."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.growth.models import GrowthRules, LevelStep, LineStanding
from portal.growth.services import propose_growth_rules
from tests.factories import SYSTEM
from tests.growth.making import fields
from tests.routes import Arranged, Cast

GROUPS = ("operator", "evaluation", "auditor")
SEES = "operator 200, evaluation 200, auditor 200, administrator 200"
PAGES = {
    "GET growth_home": "* 200",
    "GET growth_benefits": "* 200",
    "GET growth_rules_detail": "* 200",
    "GET growth_register": f"visitor 302, {SEES}, * 403",
}
API = {
    "GET api-growth-rules-list": "* 200",
    "GET api-growth-rules-detail": "* 200",
    "GET api-growth-line-list": "visitor 401, * 200",
    "GET api-growth-line-detail": f"visitor 401, creator 200, {SEES}, * 404",
    "GET api-growth-benefits": "visitor 401, provider 200, rival 200, * 403",
}
PROPOSES = "operator {0}, finance maker {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:growth_growthrules_propose": PROPOSES.format(200),
    "POST admin:growth_growthrules_propose": PROPOSES.format(200),  # an empty form comes back
}
SEEN_IN_ADMIN = {
    "growth_growthrules": (*GROUPS, "finance maker", "finance checker"),
    "growth_linestanding": GROUPS,
    "growth_levelstep": GROUPS,
}


def arrange(cast: Cast) -> Arranged:
    held, today = GrowthRules.objects.approved().get(), clock.today()
    party, now = cast.creator.party, clock.now()
    line = LineStanding.objects.create(
        party=party, line="live", level=1, value=3, since=today, changed_at=now
    )
    step = LevelStep.objects.create(
        party=party,
        line="live",
        before=0,
        level=1,
        value=3,
        rules=held,
        day=today,
        counted_at=now,
    )
    starts_on = today + timedelta(days=20)
    proposed = propose_growth_rules(SYSTEM, fields=fields(starts_on=starts_on))
    return Arranged(
        kwargs={
            "growth_rules_detail": {"pk": held.pk},
            "api-growth-rules-detail": {"pk": held.pk},
            "api-growth-line-detail": {"pk": line.pk},
        },
        rows={
            "growth_growthrules": proposed,
            "growth_linestanding": line,
            "growth_levelstep": step,
        },
    )
