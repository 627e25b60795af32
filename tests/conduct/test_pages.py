"""Reporting from a profile, following it, answering as the party, leading as an operator."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import services as needs
from portal.conduct import services
from portal.conduct.models import Case, CorrectiveAction, Measure, Report
from portal.core import clock
from portal.core.models import StoredFile
from tests import factories
from tests.conduct.making import CHARGE, asked, confirmed, in_force, notified, reported
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db


def report_data(rule: str = "brushing", **changes) -> dict[str, str]:
    said = {"rule": rule, "happened_on": clock.today().isoformat(), "text": "三场没播。"}
    return said | changes


def test_profile_links_to_the_report_and_shows_violations_in_force(merchant, provider, operator):
    url = f"/providers/{provider.party.pk}/"
    client = merchant.browser()
    page = client.get(url).content.decode()
    link = f"/conduct/parties/{provider.party.pk}/report/"
    assert link in page
    assert link not in provider.browser().get(url).content.decode()
    case = confirmed(operator.actor, reported(merchant.actor, provider.party))
    assert "刷单炒信" not in client.get(url).content.decode()
    Case.objects.filter(pk=case.pk).update(due_on=clock.today() - timedelta(days=1))
    services.sweep_cases(factories.SYSTEM)
    page = client.get(url).content.decode()
    assert "刷单炒信" in page
    assert "证据充分" not in page, "the reason is for the two sides"


def test_report_is_sent_with_its_files_and_followed(merchant, provider):
    client, url = merchant.browser(), f"/conduct/parties/{provider.party.pk}/report/"
    assert client.get(url).status_code == 200
    empty = client.post(url, {})
    assert empty.status_code == 200
    assert set(empty.context["form"].errors) == {"rule", "happened_on", "text"}
    answer = client.post(url, report_data(evidence_1=factories.picture()))
    report = Report.objects.get()
    assert answer.url == report.get_absolute_url()
    assert report.evidence.count() == 1
    assert client.get(answer.url).status_code == 200
    assert report.case.party.name in client.get("/conduct/").content.decode()


def test_flaw_stands_beside_its_field(merchant, provider):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    url = f"/conduct/parties/{provider.party.pk}/report/"
    answer = merchant.browser().post(url, report_data(happened_on=tomorrow))
    assert set(answer.context["form"].errors) == {"happened_on"}
    assert not Report.objects.exists()


def test_report_from_a_cooperation_keeps_the_place(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    cooperation = needs.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(provider.actor, need)
    )
    client = merchant.browser()
    page = client.get(cooperation.get_absolute_url()).content.decode()
    url = f"/conduct/parties/{provider.party.pk}/report/?place=cooperation&key={cooperation.pk}"
    assert url.replace("&", "&amp;") in page
    client.post(url, report_data())
    case = Case.objects.get()
    assert (case.place_kind, case.place_key) == ("cooperation", str(cooperation.pk))
    lead = staff_person("risk").browser().get(f"/admin/conduct/case/{case.pk}/lead/")
    assert cooperation.title in lead.content.decode()
    other = rival.browser().post(url, report_data())
    assert other.context["form"].non_field_errors(), "it is not theirs to see"


def test_party_answers_and_appeals_on_its_page(merchant, provider, operator):
    case = notified(operator.actor, reported(merchant.actor, provider.party))
    client, url = provider.browser(), case.get_absolute_url()
    assert CHARGE in client.get(url).content.decode()
    assert client.post(f"{url}statement/", {"text": ""}).status_code == 200
    sent = client.post(f"{url}statement/", {"text": "已开播。", "evidence_1": factories.picture()})
    assert sent.url == url
    services.confirm_case(operator.actor, case=case, reason="证据充分。")
    assert "证据充分。" in client.get(url).content.decode()
    assert client.post(f"{url}appeal/", {"text": "有误。"}).url == url
    late = client.post(f"{url}appeal/", {"text": "再来。"})
    assert late.context["appeal_form"].non_field_errors()
    assert Case.objects.get().status == "appealed"


def test_party_hands_in_what_it_did(merchant, provider, operator):
    case = in_force(operator.actor, reported(merchant.actor, provider.party))
    action = asked(operator.actor, case)
    client = provider.browser()
    url = f"/conduct/actions/{action.pk}/evidence/"
    assert action.title in client.get(case.get_absolute_url()).content.decode()
    assert client.post(url, {"text": " "}).status_code == 200
    assert client.post(url, {"text": "已退款。"}).status_code == 302
    assert CorrectiveAction.objects.get().status == "handed_in"


def test_operator_leads_a_case_to_its_end(merchant, provider, operator):
    report = reported(merchant.actor, provider.party)
    client, url = operator.browser(), f"/admin/conduct/case/{report.case.pk}/lead/"
    assert report.text in client.get(url).content.decode()
    told = {"step": "notify", "notify-rule": report.case.rule_id, "notify-charge": CHARGE}
    assert client.post(url, told).status_code == 302
    services.answer_case(provider.actor, case=report.case, text="已开播。")
    assert client.post(url, {"step": "confirm", "confirm-reason": ""}).status_code == 200
    assert client.post(url, {"step": "confirm", "confirm-reason": "是"}).status_code == 302
    Case.objects.update(due_on=clock.today() - timedelta(days=1))
    services.sweep_cases(factories.SYSTEM)
    day = (clock.today() + timedelta(days=9)).isoformat()
    ask = {"step": "ask", "ask-title": "退款", "ask-text": "退给商家。", "ask-due_on": day}
    assert client.post(url, ask).status_code == 302
    hide = {
        "step": "impose",
        "impose-kind": "hide",
        "impose-last_day": day,
        "impose-reason": "严重",
    }
    assert client.post(url, hide).status_code == 302
    action, measure = CorrectiveAction.objects.get(), Measure.objects.get()
    services.hand_in_action(provider.actor, action=action, text="退了。")
    name = f"action-{action.pk}"
    done = {"step": name, f"{name}-finding": "done", f"{name}-reason": "好"}
    assert client.post(url, done).status_code == 302
    name = f"measure-{measure.pk}"
    assert client.post(url, {"step": name, f"{name}-reason": "已整改"}).status_code == 302
    action.refresh_from_db()
    measure.refresh_from_db()
    assert (action.status, measure.ended_at is None) == ("done", False)
    assert client.get(url).status_code == 200


def test_operator_opens_a_case_from_the_party(provider, operator):
    client, url = operator.browser(), f"/admin/conduct/case/of/{provider.party.pk}/"
    change = client.get(f"/admin/parties/party/{provider.party.pk}/change/").content.decode()
    assert url in change
    assert client.get(url).status_code == 200
    assert client.post(url, report_data()).status_code == 302
    assert Case.objects.get().opened_by == operator.user


def test_admin_opens_on_what_waits_for_them(merchant, provider, operator):
    reported(merchant.actor, provider.party)
    queues = {
        str(queue.url): queue for queue in operator.browser().get("/admin/").context["queues"]
    }
    queue = queues["/admin/conduct/case/?status__exact=reported"]
    assert (queue.count, queue.due) == (1, Case.objects.get().due_on)


def test_regional_reviewer_sees_only_their_regions(merchant, provider):
    case = reported(merchant.actor, provider.party).case
    client = staff_person("reviewer", regions=["northwest"]).browser()
    assert client.get(f"/admin/conduct/case/{case.pk}/lead/").status_code == 404


@pytest.mark.parametrize("path", ["/conduct/", "/admin/conduct/case/"])
def test_lists_ask_as_often_for_three_as_for_one(path, merchant, rival, provider, operator):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    client = (operator if path.startswith("/admin") else merchant).browser()
    rules = ("brushing", "fraud", "rudeness")
    reported(merchant.actor, provider.party, rules[0])
    notified(operator.actor, reported(rival.actor, merchant.party, rules[0]))
    client.get(path)
    one = queries()
    for rule in rules[1:]:
        reported(merchant.actor, provider.party, rule)
        notified(operator.actor, reported(rival.actor, merchant.party, rule))
    assert queries() == one


def test_case_page_asks_as_often_for_three_actions_as_for_one(merchant, provider, operator):
    case = in_force(operator.actor, reported(merchant.actor, provider.party))
    client, url = provider.browser(), case.get_absolute_url()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    asked(operator.actor, case)
    client.get(url)
    one = queries()
    asked(operator.actor, case)
    asked(operator.actor, case)
    assert queries() == one


# --- over the API ---------------------------------------------------------------------------------


def sent(client, url, body, **headers):
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def test_api_reports_once_under_one_key(merchant, provider):
    client = merchant.browser()
    upload = client.post(
        "/api/v1/files/", {"purpose": "conduct-report", "file": factories.picture()}
    ).json()
    body = report_data() | {"party": provider.party.pk, "evidence": [upload["id"]]}
    first = sent(client, "/api/v1/conduct/reports/", body, **{"Idempotency-Key": "r1"})
    again = sent(client, "/api/v1/conduct/reports/", body, **{"Idempotency-Key": "r1"})
    assert (first.status_code, first.json()) == (201, again.json())
    assert first.json()["evidence"] == [upload["id"]]
    assert first.json()["outcome"] is None
    assert StoredFile.objects.get(pk=upload["id"]).name == "evidence-1.jpg"
    listed = client.get("/api/v1/conduct/reports/").json()["results"]
    assert [row["id"] for row in listed] == [first.json()["id"]]


def test_api_refuses_in_the_words_of_the_form(merchant, provider):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    body = report_data(happened_on=tomorrow) | {"party": provider.party.pk}
    answer = sent(merchant.browser(), "/api/v1/conduct/reports/", body)
    assert answer.status_code == 422
    assert list(answer.json()["flaws"]) == ["happened_on"]


def test_api_answers_and_appeals(merchant, provider, operator):
    case = notified(operator.actor, reported(merchant.actor, provider.party))
    client, url = provider.browser(), f"/api/v1/conduct/cases/{case.public_id}/"
    shown = client.get(url).json()
    assert (shown["status"], shown["charge"]) == ("notified", CHARGE)
    assert "reporter" not in json.dumps(shown)
    assert sent(client, f"{url}statement/", {"text": "已开播。"}).json()["status"] == "heard"
    services.confirm_case(operator.actor, case=case, reason="是")
    assert sent(client, f"{url}appeal/", {"text": "有误。"}).json()["status"] == "appealed"
    assert sent(client, f"{url}appeal/", {"text": "再来。"}).status_code == 409


def test_api_tells_everybody_what_is_in_force(client, merchant, provider, operator):
    url = f"/api/v1/parties/{provider.party.pk}/violations/"
    assert client.get(url).json() == []
    in_force(operator.actor, reported(merchant.actor, provider.party))
    (row,) = client.get(url).json()
    assert (row["rule"], row["severity"]) == ("brushing", "severe")
    assert set(row) == {"rule", "title", "severity", "confirmed_at", "lapses_on"}
