"""Leading a case over the API from its opening to a measure, and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.conduct import services
from portal.conduct.models import Case
from portal.conduct.states import CaseStatus
from portal.core import clock
from portal.core.models import AuditEntry
from tests import factories
from tests.conduct.making import CHARGE, asked, confirmed, in_force, reported
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
CASES = "/api/v1/conduct/led-cases/"
WHY = {"reason": "直播回放与后台数据一致。"}


def post(client, path: str, body: dict):
    return client.post(f"{CASES}{path}", body, content_type="application/json")


def opening(party, **changes) -> dict:
    said = {"party": party.pk, "rule": "brushing", "text": CHARGE}
    return said | {"happened_on": clock.today().isoformat()} | changes


def test_case_is_opened_told_and_confirmed(operator, provider):
    client = operator.browser()
    opened = post(client, "", opening(provider.party))
    assert opened.status_code == 201, opened.content
    key = opened.json()["id"]
    told = post(client, f"{key}/notification/", {"charge": CHARGE})
    assert told.json()["status"] == CaseStatus.NOTIFIED
    early = post(client, f"{key}/confirmation/", WHY)
    assert early.status_code == 409
    with clock.standing_at(clock.now() + timedelta(days=30)):
        services.sweep_cases(factories.SYSTEM)
    done = post(client, f"{key}/confirmation/", WHY).json()
    assert (done["status"], done["decisions"][0]["reason"]) == ("confirmed", WHY["reason"])
    assert [row["id"] for row in client.get(f"{CASES}?status=confirmed").json()["results"]] == [key]
    assert client.get(f"{CASES}?status=reported").json()["results"] == []


def test_appeal_is_judged_by_a_second_person(operator, merchant, provider):
    case = confirmed(operator.actor, reported(merchant.actor, provider.party))
    services.appeal_verdict(provider.actor, case=case, text="场次有直播回放。", evidence=[])
    body = WHY | {"outcome": "overturned"}
    own = post(operator.browser(), f"{case.public_id}/judgement/", body)
    assert own.status_code == 403
    case.refresh_from_db()
    assert case.status == CaseStatus.APPEALED
    other = post(staff_person("risk").browser(), f"{case.public_id}/judgement/", body).json()
    assert other["status"] == "overturned"
    assert other["appeal"]["text"] == "场次有直播回放。"


def test_action_is_asked_and_checked_and_a_measure_ends(operator, merchant, provider):
    case = in_force(operator.actor, reported(merchant.actor, provider.party))
    action, client = asked(operator.actor, case), operator.browser()
    later = (clock.today() + timedelta(days=20)).isoformat()
    path = f"{case.public_id}/actions/{action.pk}/finding/"
    assert post(client, path, WHY | {"finding": "extend"}).json().keys() == {"due_on"}
    longer = post(client, path, WHY | {"finding": "extend", "due_on": later}).json()
    assert longer["actions"][0]["due_on"] == later
    hidden = post(client, f"{case.public_id}/measures/", WHY | {"kind": "hide", "last_day": later})
    [measure] = hidden.json()["measures"]
    ended = post(client, f"{case.public_id}/measures/{measure['id']}/end/", WHY).json()
    assert ended["measures"][0]["ended_at"]


def test_refusals_change_nothing(operator, merchant, provider, rival):
    before = AuditEntry.objects.count()
    assert post(merchant.browser(), "", opening(provider.party)).status_code == 403
    client = operator.browser()
    assert post(client, "", opening(provider.party, rule="nothing")).status_code == 422
    assert post(client, "", opening(provider.party) | {"party": 10**15}).status_code == 404
    for path in ("x/notification/", f"{'0' * 36}/notification/"):
        assert post(client, path, {"charge": CHARGE}).status_code == 404
    case = reported(merchant.actor, provider.party).case
    path = f"{case.public_id}/actions/{'f' * 36}/finding/"
    assert post(client, path, WHY | {"finding": "done"}).status_code == 404
    assert Case.objects.get().status == CaseStatus.REPORTED
    assert AuditEntry.objects.count() == before + 1  # the report's own
