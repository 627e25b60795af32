"""Rating methods: everybody reads them, operators of the evaluation write them."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from tests.evaluation.makers import (
    announced_method,
    drafted_method,
    method_fields,
    method_in_force,
    started_official,
)
from tests.routes import Arranged, Cast

WRITES = "evaluation {0}, operator {0}, administrator {0}"
PAGES = {
    "GET method_list": "* 200",
    "GET method_detail": "* 200",
    "GET method_changes": "* 404",  # there is a first version only
    "GET method_document": "* 200",
    "GET method_gathering": "* 200",
    "GET method_data": "* 404",  # nobody is rated yet
    "GET snapshot_list": "* 200",
    "GET evidence_detail": (
        "visitor 302, evaluation 200, operator 200, auditor 200, administrator 200, * 403"
    ),
    # It is being computed: for operators only.
    "GET snapshot_detail": "evaluation 200, operator 200, auditor 200, administrator 200, * 404",
}
API = {
    "GET api-method-list": "* 200",
    "POST api-method-list": f"{WRITES.format(201)}, * 403",
    "GET api-method-detail": "* 200",
    "PUT api-method-detail": f"{WRITES.format(409)}, * 403",  # it is announced
    "GET api-method-changes": "* 200",
    "GET api-method-appeals": "* 200",
    "GET api-method-coverage": (
        "evaluation 200, operator 200, auditor 200, administrator 200, * 403"
    ),
    "POST api-method-trial": f"{WRITES.format(422)}, * 403",  # its day is to come
    "POST api-method-announcement": f"{WRITES.format(409)}, * 403",
    "POST api-method-withdrawal": f"{WRITES.format(200)}, * 403",
    "GET api-snapshot-list": "* 200",
    "POST api-snapshot-list": f"{WRITES.format(422)}, * 403",  # its day is to come
    "GET api-snapshot-detail": (
        "evaluation 200, operator 200, auditor 200, administrator 200, * 404"
    ),
    "GET api-snapshot-ratings": (
        "evaluation 200, operator 200, auditor 200, administrator 200, * 404"
    ),
    # It is not computed yet.
    "GET api-snapshot-segments": "* 404",
    "GET api-snapshot-sensitivity": f"{WRITES.format(404)}, * 403",
    "GET api-snapshot-impact": f"{WRITES.format(404)}, * 403",
    "POST api-snapshot-retry": f"{WRITES.format(409)}, * 403",
    "POST api-snapshot-publication": f"{WRITES.format(409)}, * 403",
    "POST api-snapshot-replacement": f"{WRITES.format(409)}, * 403",
}
ADMIN = {
    "GET admin:evaluation_method_next": f"{WRITES.format(200)}, staff 403, * 302",
    "POST admin:evaluation_method_next": f"{WRITES.format(200)}, staff 403, * 302",
    "GET admin:evaluation_method_write": f"{WRITES.format(200)}, staff 403, * 302",
    "POST admin:evaluation_method_write": f"{WRITES.format(200)}, staff 403, * 302",
    "GET admin:evaluation_method_steps": f"{WRITES.format(200)}, staff 403, * 302",
    "POST admin:evaluation_method_steps": f"{WRITES.format(302)}, staff 403, * 302",
    "GET admin:evaluation_snapshot_start": f"{WRITES.format(200)}, staff 403, * 302",
    "POST admin:evaluation_snapshot_start": f"{WRITES.format(200)}, staff 403, * 302",
    "GET admin:evaluation_snapshot_steps": f"{WRITES.format(200)}, staff 403, * 302",
    "POST admin:evaluation_snapshot_steps": f"{WRITES.format(302)}, staff 403, * 302",
}
SEEN_IN_ADMIN = {
    "evaluation_method": ("evaluation", "operator", "auditor"),
    "evaluation_snapshot": ("evaluation", "operator", "auditor"),
}


def arrange(cast: Cast) -> Arranged:
    snapshot = started_official(method_in_force("agency"))
    method = announced_method()
    draft = drafted_method(version="2026-2")
    named = {"code": method.code, "version": method.version}
    pk, own, made = {"pk": method.pk}, {"pk": draft.pk}, {"pk": snapshot.pk}
    fields = method_fields(version="2027-1")
    body = {"document": fields.document, "gathering": fields.gathering}
    return Arranged(
        kwargs={
            "method_detail": named,
            "method_changes": named,
            "method_document": named,
            "method_gathering": named,
            "method_data": named | {"name": "indicators"},
            "api-method-detail": pk,
            "api-method-changes": pk,
            "api-method-appeals": pk,
            "api-method-coverage": pk,
            "api-method-announcement": pk,
            "api-method-trial": pk,
            "api-method-withdrawal": pk,
            "snapshot_detail": made,
            "api-snapshot-detail": made,
            "api-snapshot-ratings": made,
            "api-snapshot-segments": made,
            "api-snapshot-sensitivity": made,
            "api-snapshot-impact": made,
            "api-snapshot-retry": made,
            "api-snapshot-publication": made,
            "api-snapshot-replacement": made,
            "admin:evaluation_snapshot_steps": made,
            "admin:evaluation_method_next": {"code": "provider"},
            "admin:evaluation_method_write": own,
            "admin:evaluation_method_steps": own,
        },
        bodies={
            "POST api-method-list": body,
            "PUT api-method-detail": body,
            "POST api-method-announcement": {
                "comes_into_force_at": (clock.now() + timedelta(days=20)).isoformat()
            },
            "POST api-method-trial": {"ends_on": "2099-03-31"},
            "POST api-method-withdrawal": {"why": "Measured wrong."},
            "POST api-snapshot-list": {
                "method": snapshot.method_id,
                "kind": "official",
                "period": "2099-Q1",
                "ends_on": "2099-03-31",
            },
            "POST api-snapshot-replacement": {"why": "Measured wrong."},
            "POST admin:evaluation_snapshot_steps": {"step": "publish"},
            "POST admin:evaluation_method_steps": {
                "step": "withdraw",
                "withdraw-why": "Written twice.",
            },
        },
        rows={"evaluation_method": method, "evaluation_snapshot": snapshot},
    )
