"""Anybody reports; a report is its author's alone, a case its party's managers'."""

from __future__ import annotations

from datetime import timedelta

from portal.conduct import services
from portal.conduct.models import Rule
from portal.conduct.states import MeasureKind
from portal.core import clock
from tests.conduct.making import CHARGE, asked, confirmed, in_force, notified, reported
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

OWN = "visitor 302, owner 200, member 403, * 404"
OWN_WRITES = "visitor 302, owner 302, member 403, * 404"
LEADS = "visitor 401, operator {0}, risk {0}, reviewer {0}, administrator {0}, * 403"
OWN_API = "visitor 401, owner {0}, member 403, * 404"
PAGES = {
    "GET conduct_rule_list": "* 200",
    "GET conduct_list": "visitor 302, * 200",
    "GET conduct_report_create": "visitor 302, provider 403, * 200",
    "POST conduct_report_create": "visitor 302, provider 403, * 302",
    "GET conduct_report_detail": "visitor 302, owner 200, * 404",
    "GET conduct_case_detail": OWN,
    "POST conduct_case_statement": OWN_WRITES,
    "POST conduct_case_appeal": OWN_WRITES,
    "POST conduct_appeal_withdrawal": "visitor 302, owner 409, member 403, * 404",
    "POST corrective_action_evidence": OWN_WRITES,
}
API = {
    "GET api-conduct-rules": "* 200",
    "GET api-violations": "* 200",
    "GET api-conduct-report-list": "visitor 401, * 200",
    "POST api-conduct-report-list": "visitor 401, provider 403, * 201",
    "GET api-conduct-report-detail": "visitor 401, owner 200, * 404",
    "GET api-conduct-case-list": "visitor 401, member 403, * 200",
    "GET api-conduct-case-detail": OWN_API.format(200),
    "POST api-conduct-case-statement": OWN_API.format(201),
    "POST api-conduct-case-appeal": OWN_API.format(201),
    "POST api-conduct-case-withdrawal": OWN_API.format(409),  # there is no appeal
    "POST api-corrective-action-evidence": OWN_API.format(201),
    "GET api-led-case-list": LEADS.format(200),
    "POST api-led-case-list": LEADS.format(201),
    "GET api-led-case-detail": LEADS.format(200),
    "POST api-led-case-notification": LEADS.format(200),
    "POST api-led-case-confirmation": LEADS.format(409),  # the party is heard first
    "POST api-led-case-dismissal": LEADS.format(200),
    "POST api-led-case-judgement": LEADS.format(409),  # there is no appeal
    "POST api-led-case-actions": LEADS.format(201),
    "POST api-led-case-finding": LEADS.format(200),
    "POST api-led-case-measures": LEADS.format(201),
    "POST api-led-case-measure-end": LEADS.format(409),  # it ended
}
DECIDERS = "operator 200, risk 200, reviewer 200, administrator 200, staff 403, * 302"
EDITORS = "operator 200, risk 200, administrator 200, staff 403, * 302"
READERS = "operator 200, risk 200, reviewer 200, auditor 200, administrator 200, staff 403, * 302"
NOBODY = "staff 403, * 302"
ADMIN = {
    "GET admin:conduct_case_lead": DECIDERS,
    "POST admin:conduct_case_lead": DECIDERS,  # no step was sent
    "GET admin:conduct_case_open": DECIDERS,
    "POST admin:conduct_case_open": DECIDERS,  # an empty form comes back
    "GET admin:conduct_rule_changelist": READERS,
    "GET admin:conduct_rule_history": READERS,
    "GET admin:conduct_rule_change": READERS,
    "POST admin:conduct_rule_change": EDITORS,  # an empty form comes back
    "GET admin:conduct_rule_add": EDITORS,
    "POST admin:conduct_rule_add": EDITORS,
    "GET admin:conduct_rule_delete": NOBODY,
    "POST admin:conduct_rule_delete": NOBODY,
}
SEEN = ("operator", "risk", "reviewer", "auditor")
SEEN_IN_ADMIN = {
    "conduct_case": SEEN,
    "conduct_report": SEEN,
    "conduct_correctiveaction": SEEN,
    "conduct_measure": SEEN,
}
SAID = {"text": "已按约完成。"}


def arrange(cast: Cast) -> Arranged:
    party, other = cast.owner.party, cast.provider.party
    assert party is not None
    assert other is not None
    own = reported(cast.owner.actor, other, "fraud")
    final = in_force(SYSTEM, reported(cast.rival.actor, party, "brushing"))
    found = confirmed(SYSTEM, reported(cast.rival.actor, party, "no-delivery"))
    told = notified(SYSTEM, reported(cast.rival.actor, party, "rudeness"))
    fresh = reported(cast.rival.actor, party, "bribery").case
    action = asked(SYSTEM, final)
    measure = services.impose_measure(
        SYSTEM,
        case=final,
        kind=MeasureKind.HIDE,
        reason="严重违规。",
        until=clock.now() + timedelta(days=5),
    )
    services.end_measure(SYSTEM, measure=measure, reason="已整改。")
    today = clock.today().isoformat()
    report = {"rule": "brushing", "text": "三场没播。", "happened_on": today}
    later, why = (clock.today() + timedelta(days=20)).isoformat(), {"reason": "经复核。"}
    led = dict.fromkeys(("detail", "confirmation", "dismissal", "judgement"), told)
    led |= {"notification": fresh, "actions": final, "measures": final}
    case = {"public_id": told.public_id}
    appealed = {"public_id": found.public_id}
    mine = {"public_id": own.public_id}
    return Arranged(
        kwargs={
            "conduct_report_create": {"pk": other.pk},
            "conduct_report_detail": mine,
            "conduct_case_detail": case,
            "conduct_case_statement": case,
            "conduct_case_appeal": appealed,
            "conduct_appeal_withdrawal": case,
            "corrective_action_evidence": {"pk": action.pk},
            "api-violations": {"pk": party.pk},
            "api-conduct-report-detail": mine,
            "api-conduct-case-detail": case,
            "api-conduct-case-statement": case,
            "api-conduct-case-appeal": appealed,
            "api-conduct-case-withdrawal": case,
            "api-corrective-action-evidence": {"pk": action.pk},
            **{f"api-led-case-{step}": {"public_id": row.public_id} for step, row in led.items()},
            "api-led-case-finding": {"public_id": final.public_id, "key": action.pk},
            "api-led-case-measure-end": {"public_id": final.public_id, "key": measure.pk},
            "admin:conduct_case_lead": {"pk": told.pk},
            "admin:conduct_case_open": {"pk": party.pk},
        },
        bodies={
            "POST conduct_report_create": report,
            "POST conduct_case_statement": SAID,
            "POST conduct_case_appeal": SAID,
            "POST corrective_action_evidence": SAID,
            "POST api-conduct-report-list": report | {"party": other.pk},
            "POST api-conduct-case-statement": SAID,
            "POST api-conduct-case-appeal": SAID,
            "POST api-corrective-action-evidence": SAID,
            "POST api-led-case-list": report | {"party": other.pk},
            "POST api-led-case-notification": {"charge": CHARGE},
            "POST api-led-case-confirmation": why,
            "POST api-led-case-dismissal": why,
            "POST api-led-case-judgement": why | {"outcome": "upheld"},
            "POST api-led-case-actions": {"title": "退款", "text": "退还。", "due_on": later},
            "POST api-led-case-finding": why | {"finding": "extend", "due_on": later},
            "POST api-led-case-measures": why | {"kind": "hide", "last_day": later},
            "POST api-led-case-measure-end": why,
        },
        rows={
            "conduct_case": told,
            "conduct_report": own,
            "conduct_correctiveaction": action,
            "conduct_measure": measure,
            "conduct_rule": Rule.objects.earliest("pk"),
        },
    )
