"""The pages and the API of a cooperation, as both sides and operators see them."""

import json
from datetime import timedelta

import pytest

from matchmaking.cooperation import services
from matchmaking.cooperation.models import Cooperation, Obligation
from matchmaking.cooperation.states import CooperationStatus
from portal.core import clock
from portal.core.files import store_file
from portal.core.jobs import run_job
from portal.core.models import ExportRun
from tests import factories
from tests.matchmaking.cooperation.conftest import duty, sold

pytestmark = pytest.mark.django_db


def post(client, path, data=None):
    body = json.dumps(data or {}, default=str)
    return client.post(f"/api/v1{path}", body, content_type="application/json")


def test_whole_way_over_the_pages(running, merchant, provider):
    buyer, seller = merchant.browser(), provider.browser()
    base = running.get_absolute_url()
    day = (clock.today() + timedelta(days=5)).isoformat()
    form = {"title": "寄样 20 件", "detail": "", "due_on": day, "owed_by": "them"}
    assert buyer.post(f"{base}obligations/new/", form).status_code == 302
    obligation = Obligation.objects.get()
    at = f"/obligations/{obligation.pk}"
    assert seller.post(f"{at}/acceptance/").status_code == 302
    sent = {"note": "已寄", "evidence": factories.picture()}
    assert seller.post(f"{at}/finish/", sent).status_code == 302
    page = buyer.get(base).content.decode()
    assert "寄样 20 件" in page
    assert f"{at}/confirmation/" in page
    assert buyer.post(f"{at}/confirmation/").status_code == 302
    change = {"last_day": running.last_day.isoformat(), "scope": "新的范围", "note": ""}
    change |= {"service_level": "", "notice_days": "30", "payment_day": "", "version": "1"}
    change |= {"monthly_fee": "42,000", "share": "3", "gmv_target": ""}
    assert buyer.post(f"{base}amendments/new/", change).status_code == 302
    amendment = running.amendments.get()
    page = seller.get(base).content.decode()
    assert "新的范围" in page
    assert "¥42,000" in page
    assert seller.post(f"/amendments/{amendment.pk}/acceptance/").status_code == 302
    sold(running)
    assert buyer.post(f"{base}completion/").status_code == 302
    assert seller.post(f"{base}completion/").status_code == 302
    stars = {"result": "5", "communication": "5", "reliability": "4", "text": "好"}
    assert buyer.post(f"{base}review/", stars).status_code == 302
    assert seller.post(f"{base}review/", stars).status_code == 302
    review = running.reviews.get(about=provider.party)
    assert seller.post(f"/reviews/{review.pk}/answer/", {"answer": "谢谢"}).status_code == 302
    assert "谢谢" in buyer.get(base).content.decode()
    running.refresh_from_db()
    assert (running.status, running.version) == (CooperationStatus.ENDED, 2)


def test_pause_and_notice_over_the_pages(running, merchant):
    browser, base = merchant.browser(), running.get_absolute_url()
    until = (clock.today() + timedelta(days=5)).isoformat()
    assert browser.post(f"{base}pause/", {"reason": "备货", "until": until}).status_code == 302
    assert "备货" in browser.get(base).content.decode()
    assert browser.post(f"{base}resumption/").status_code == 302
    soon = {"reason": "plans", "note": "调整", "effective_on": until}
    assert browser.post(f"{base}ending/", soon).status_code == 200, "too soon: the form again"
    later = soon | {"effective_on": (clock.today() + timedelta(days=30)).isoformat()}
    assert browser.post(f"{base}ending/", later).status_code == 302
    assert browser.post(f"{base}ending/withdrawal/").status_code == 302


def test_whole_way_over_the_api(running, merchant, provider):
    buyer, seller = merchant.browser(), provider.browser()
    base = f"/cooperations/{running.pk}"
    due = clock.today() + timedelta(days=5)
    asked = {"title": "寄样", "due_on": due, "is_ours": False}
    made = post(buyer, f"{base}/obligations/", asked)
    assert (made.status_code, made.json()["status"]) == (201, "asked")
    at = f"/obligations/{made.json()['id']}"
    assert post(seller, f"{at}/acceptance/").json()["status"] == "open"
    file = store_file(
        provider.actor,
        upload=factories.picture(),
        purpose="cooperation-evidence",
        party_id=provider.party.pk,
    )
    done = post(seller, f"{at}/finish/", {"note": "已寄", "evidence": file.pk})
    assert done.json()["evidence"] == str(file.pk)
    back = post(buyer, f"{at}/return/", {"note": "缺 3 件"})
    assert (back.status_code, back.json()["status"]) == (200, "open")
    assert post(buyer, f"{at}/waiver/").json()["status"] == "waived"
    rows = buyer.get(f"/api/v1{base}/obligations/").json()
    assert [row["status"] for row in rows] == ["waived"]
    change = {"ends_on": running.ends_on, "scope": "新的范围"}
    amended = post(buyer, f"{base}/amendments/", change).json()
    assert post(seller, f"/amendments/{amended['id']}/acceptance/").json()["number"] == 2
    sold(running)
    assert post(buyer, f"{base}/completion/").json()["status"] == "active"
    assert post(seller, f"{base}/completion/").json()["status"] == "ended"
    stars = {"result": 5, "communication": 5, "reliability": 4, "text": "好"}
    assert post(buyer, f"{base}/reviews/", stars).status_code == 201
    assert seller.get(f"/api/v1{base}/reviews/").json() == []
    assert post(seller, f"{base}/reviews/", stars).status_code == 201
    mine = next(
        row
        for row in seller.get(f"/api/v1{base}/reviews/").json()
        if row["about"] == provider.party.pk
    )
    answered = post(seller, f"/reviews/{mine['id']}/answer/", {"answer": "谢谢"})
    assert answered.json()["answer"] == "谢谢"


def test_evidence_of_somebody_else_is_not_taken(running, merchant, provider):
    obligation = duty(provider, running)
    file = store_file(
        merchant.actor,
        upload=factories.picture(),
        purpose="cooperation-evidence",
        party_id=merchant.party.pk,
    )
    path = f"/obligations/{obligation.pk}/finish/"
    assert post(provider.browser(), path, {"evidence": file.pk}).status_code == 404
    obligation.refresh_from_db()
    assert obligation.status == "open"


def test_operators_see_all_of_them_and_members_export_their_own(running, operator, merchant):
    page = operator.browser().get("/cooperations/all/")
    assert running.title in page.content.decode()
    sent = {"kind": "table.own_cooperations", "format": "csv"}
    assert merchant.browser().post("/exports/", sent).status_code == 302
    run = ExportRun.objects.get()
    run_job(str(run.job_id))
    run.refresh_from_db()
    assert run.rows == 1


def test_own_list_names_the_other_side_sorts_and_narrows(
    running, merchant, provider, rival, operator
):
    for person, other in ((merchant, provider), (provider, merchant)):
        page = person.browser().get("/cooperations/?sort=other&status=active")
        [row] = page.context["table"].rows
        assert other.party.name in {cell.value for cell in row}
    assert merchant.browser().get("/cooperations/?status=settled").context["table"].rows == []
    for stranger in (rival, operator):
        assert stranger.browser().get("/cooperations/").context["table"].rows == []


def test_page_asks_as_often_for_one_obligation_as_for_three(
    running, merchant, provider, django_assert_max_num_queries
):
    duty(provider, running)
    browser = merchant.browser()
    browser.get(running.get_absolute_url())
    with django_assert_max_num_queries(60) as first:
        browser.get(running.get_absolute_url())
    for number in range(2):
        duty(provider, running, title=f"周报 {number}")
    with django_assert_max_num_queries(len(first) + 0):
        browser.get(running.get_absolute_url())


def test_workbench_says_what_waits(running, merchant, provider):
    duty(merchant, running, is_ours=False, days=3, title="周报")
    page = provider.browser().get("/workbench/").content.decode()
    assert "周报" in page
    obligation = Obligation.objects.get()
    services.accept_obligation(provider.actor, obligation=obligation)
    services.finish_obligation(provider.actor, obligation=obligation)
    assert "周报" in merchant.browser().get("/workbench/").content.decode()
    assert Cooperation.objects.count() == 1


def test_two_sides_write_to_each_other_long_after_the_need(over, merchant, provider, rival):
    over.proposal.need.refresh_from_db()
    assert over.proposal.need.status == "closed"
    page = provider.browser().get(over.get_absolute_url()).content.decode()
    address = f"/proposals/{over.door_ref}/messages/"
    assert f'href="{address}"' in page
    sent = provider.browser().post(address, {"text": "数据整理好了，发您一份。"})
    assert sent.status_code == 302
    page = merchant.browser().get(over.get_absolute_url()).content.decode()
    assert '<span class="count hot">1<span' in page
    talk = merchant.browser().get(address).content.decode()
    assert "数据整理好了" in talk
    assert f'href="{over.get_absolute_url()}"' in talk
    page = merchant.browser().get(over.get_absolute_url()).content.decode()
    assert '<span class="count hot">1<span' not in page, "it was read"
    assert rival.browser().get(address).status_code == 404
