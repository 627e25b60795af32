"""Frameworks are between an agency and the platform; nobody else learns that there is one."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from portal.core import clock
from portal.tiers import services
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.tiers.frameworks.making import (
    WAN,
    framework_fields,
    meeting_now,
    minutes,
    next_month,
    run_now,
)

KEEPS, LOOKS = (
    "operator {0}, administrator {0}",
    "auditor {0}, finance maker {0}, finance checker {0}",
)
STAFF_SEES = f"{KEEPS.format(200)}, {LOOKS.format(200)}"
SEES = f"visitor 302, agency 200, {STAFF_SEES}, * 404"
NOBODY = "owner 422, member 422, provider 422, rival 422, creator 422, * 404"


def acts(agency: int, keeps: int, *, visitor: int = 302) -> str:
    said = f"{KEEPS.format(keeps)}, {LOOKS.format(403)}"
    return f"visitor {visitor}, agency {agency}, {said}, * 404"


PAGES = {
    "GET framework_list": f"visitor 302, agency 200, {STAFF_SEES}, * 403",
    "GET framework_create": f"visitor 302, agency 409, {NOBODY}",  # one is being negotiated
    "POST framework_create": f"visitor 302, agency 409, {NOBODY}",
    "GET framework_detail": SEES,
    "GET framework_paper": SEES,
    "GET framework_counter": acts(200, 409),
    "POST framework_counter": acts(200, 409),  # an empty form comes back
    "POST framework_acceptance": acts(302, 409),
    "POST framework_refusal": acts(302, 409),
    "POST framework_withdrawal": acts(409, 302),
    "GET framework_change": acts(200, 200),
    "POST framework_change": acts(200, 200),
    "GET framework_review": acts(403, 409),
    "POST framework_review": acts(403, 409),
    "GET framework_end": acts(403, 200),
    "POST framework_end": acts(403, 200),
    "POST framework_close": acts(403, 409),
    "GET framework_meeting_create": acts(403, 200),
    "POST framework_meeting_create": acts(403, 200),
    "GET framework_meeting_detail": SEES,
    "GET framework_meeting_minutes": acts(403, 200),
    "POST framework_meeting_minutes": acts(403, 200),
    "GET framework_meeting_move": acts(403, 200),
    "POST framework_meeting_move": acts(403, 200),
    "POST framework_decision_outcome": acts(302, 302),
}
SEES_API = f"visitor 401, agency 200, {STAFF_SEES}, * 404"
API = {
    "GET api-framework-list": "visitor 401, * 200",
    "POST api-framework-list": f"visitor 401, agency 409, {NOBODY}",
    "GET api-framework-detail": SEES_API,
    "GET api-framework-versions": SEES_API,
    "GET api-framework-months": SEES_API,
    "POST api-framework-counter": acts(201, 409, visitor=401),
    "POST api-framework-change": acts(201, 201, visitor=401),
    "POST api-framework-acceptance": acts(200, 409, visitor=401),
    "POST api-framework-refusal": acts(200, 409, visitor=401),
    "POST api-framework-withdrawal": acts(409, 200, visitor=401),
    "POST api-framework-meetings": acts(403, 201, visitor=401),
    "POST api-framework-review": acts(403, 409, visitor=401),
    "POST api-framework-end": acts(403, 200, visitor=401),
    "POST api-framework-close": acts(403, 409, visitor=401),
    "GET api-framework-meeting-list": "visitor 401, * 200",
    "GET api-framework-meeting-detail": SEES_API,
    "POST api-framework-meeting-move": acts(403, 200, visitor=401),
    "POST api-framework-meeting-minutes": acts(403, 200, visitor=401),
    "POST api-framework-decision-outcome": acts(200, 200, visitor=401),
}
SEERS = ("operator", "auditor", "finance maker", "finance checker")
SEEN_IN_ADMIN = {
    "tiers_framework": SEERS,
    "tiers_frameworkmeeting": SEERS,
    "tiers_frameworkdecision": SEERS,
}


def arrange(cast: Cast) -> Arranged:
    agency, operator = cast.agency, SimpleNamespace(actor=SYSTEM)
    running = run_now(operator, agency)
    fields = framework_fields(starts_on=next_month(10))
    assert agency.party is not None
    waiting = services.propose_framework(operator.actor, party=agency.party, fields=fields)
    held = services.record_framework_meeting(
        operator.actor, meeting=meeting_now(running), fields=minutes()
    )
    day = clock.today() + timedelta(days=9)
    planned = services.plan_framework_meeting(operator.actor, framework=running, planned_on=day)
    decision = held.decisions.get(side="agency")
    runs = ("change", "review", "end", "close")
    waits = ("counter", "acceptance", "refusal", "withdrawal")
    pages = {f"framework_{name}": {"pk": running.pk} for name in (*runs, "meeting_create")}
    api = {f"api-framework-{name}": {"pk": running.pk} for name in (*runs, "meetings")}
    for name in waits:
        pages[f"framework_{name}"] = api[f"api-framework-{name}"] = {"pk": waiting.pk}
    of_planned = ("framework_meeting_minutes", "framework_meeting_move")
    one, meeting = {"pk": running.pk}, {"pk": planned.pk}
    kwargs = {
        **pages,
        **api,
        **dict.fromkeys(of_planned, meeting),
        "framework_detail": one,
        "framework_paper": {"pk": running.pk, "number": 1},
        "framework_meeting_detail": {"pk": held.pk},
        "framework_decision_outcome": {"pk": decision.pk},
        "api-framework-detail": one,
        "api-framework-versions": one,
        "api-framework-months": one,
        "api-framework-meeting-detail": {"pk": held.pk},
        "api-framework-meeting-move": meeting,
        "api-framework-meeting-minutes": meeting,
        "api-framework-decision-outcome": {"pk": decision.pk},
    }
    said = said_terms(next_month(10), 12)
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST framework_decision_outcome": {"status": "done"},
            "POST api-framework-list": said,
            "POST api-framework-counter": said,
            "POST api-framework-change": said_terms(next_month(), 9),
            "POST api-framework-meetings": {"planned_on": (day + timedelta(days=1)).isoformat()},
            "POST api-framework-review": {"closing": "达成"},
            "POST api-framework-end": {"closing": "终止"},
            "POST api-framework-meeting-move": {
                "planned_on": (day + timedelta(days=2)).isoformat()
            },
            "POST api-framework-meeting-minutes": {
                "held_on": clock.today().isoformat(),
                "minutes": "回顾",
            },
            "POST api-framework-decision-outcome": {"outcome_status": "done"},
        },
        rows={
            "tiers_framework": running,
            "tiers_frameworkmeeting": held,
            "tiers_frameworkdecision": decision,
        },
    )


def said_terms(starts_on, months):
    return {
        "starts_on": starts_on.isoformat(),
        "targets": [90 * WAN] * months,
        "bands": [{"up_to_fen": None, "rate_bp": 100}],
        "meetings": [starts_on.isoformat()],
    }
