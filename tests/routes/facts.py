"""Facts: a party reads its own; operators record, correct and confirm them."""

from __future__ import annotations

from typing import Any

from portal.core import clock
from portal.evaluation.fields import FactFields
from portal.evaluation.models import Fact
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

OWN = "visitor 302, provider 200, rival 200, agency 200"
SEERS = "operator 200, evaluation 200, auditor 200, administrator 200"
PAGES = {
    "GET fact_list": f"{OWN}, {SEERS}, * 403",
    "GET fact_detail": f"visitor 302, provider 200, {SEERS}, * 404",
}
API = {
    "GET api-fact-list": f"visitor 401, provider 200, rival 200, agency 200, {SEERS}, * 403",
    "GET api-fact-detail": f"visitor 401, provider 200, {SEERS}, * 404",
    "POST api-fact-list": ("visitor 401, operator 200, evaluation 200, administrator 200, * 403"),
    "POST api-fact-correction": (
        "visitor 401, provider 403, auditor 403, operator 201, evaluation 201,"
        " administrator 201, * 404"
    ),
    "POST api-fact-confirmation": (
        "visitor 401, provider 403, auditor 403, operator 201, evaluation 201,"
        " administrator 201, * 404"
    ),
}
CORRECTS = "operator {0}, evaluation {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:evaluation_fact_correct": CORRECTS.format(200),
    "POST admin:evaluation_fact_correct": CORRECTS.format(302),
}
SEEN_IN_ADMIN = {"evaluation_fact": ("operator", "auditor", "evaluation")}


def arrange(cast: Cast) -> Arranged:
    assert cast.provider.party is not None
    today = clock.today()
    own_word: dict[str, Any] = {"starts_on": today, "ends_on": today, "grade": Grade.SELF_REPORTED}
    own_word |= {"ref_kind": "test", "ref_id": "1"}
    fact = FactFields(cast.provider.party.pk, "roles_filled", 75.0, **own_word)
    record_facts(SYSTEM, facts=[fact])
    row = Fact.objects.get()
    new = {
        "party": cast.provider.party.pk,
        "measure": "roles_filled",
        "value": 80,
        "starts_on": today.isoformat(),
        "ends_on": today.isoformat(),
        "grade": "platform",
        "ref_id": "books/1",
    }
    said = {"step": "confirm", "why": "Seen on paper."}
    names = ("fact_detail", "api-fact-detail", "api-fact-correction", "api-fact-confirmation")
    return Arranged(
        kwargs={name: {"pk": row.pk} for name in (*names, "admin:evaluation_fact_correct")},
        bodies={
            "POST api-fact-list": {"facts": [new]},
            "POST api-fact-correction": {"value": 50, "why": "One left."},
            "POST api-fact-confirmation": {"why": "Seen on paper."},
            "POST admin:evaluation_fact_correct": said,
        },
        rows={"evaluation_fact": row},
    )
