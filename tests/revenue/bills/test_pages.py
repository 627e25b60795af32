"""Pages, API and admin of bills."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock
from portal.revenue import services
from portal.revenue.models import Bill
from tests import factories
from tests.conftest import staff_person
from tests.revenue.agreements.making import agreed

from .making import LADDER, bank_row, paper, part, proved, raised

pytestmark = pytest.mark.django_db


def body(response) -> str:
    return response.content.decode()


def test_list_costs_the_same_for_three(merchant, creator):
    raised(merchant, creator, code="首发费")
    browser = merchant.browser()
    url = reverse("bill_list")
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    paper(merchant, creator, part(code="首发费"), part(code="b"), scope_kind="shop", scope_key="1")
    services.raise_bills(factories.SYSTEM)
    assert Bill.objects.count() == 3
    with CaptureQueriesContext(connection) as three:
        page = body(browser.get(url))
    assert len(three) <= len(one)
    assert page.count("首发费") >= 2
    assert "首发费" not in body(browser.get(url, {"side": "paid"}))
    assert "首发费" not in body(browser.get(url, {"state": "late"}))
    part_of = body(browser.get(url, headers={"HX-Request": "true", "HX-Target": "table"}))
    assert ("<html" in part_of, "首发费" in part_of) == (False, True)


def test_payer_shows_the_payment(merchant, creator):
    bill = raised(merchant, creator)
    browser, url = merchant.browser(), reverse("bill_proof", args=[bill.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"paid_on": "2100-01-01"}).status_code == 200
    bill.refresh_from_db()
    assert bill.status == "open"
    sent = {"paid_on": clock.today().isoformat(), "file": factories.picture(), "note": "已付"}
    assert browser.post(url, sent).url == bill.get_absolute_url()
    page = body(browser.get(bill.get_absolute_url()))
    step = bill.steps.get(kind="proved")
    file = reverse("file_read", args=[step.file_id])
    assert file in page
    assert creator.browser().get(file).status_code == 200


def test_proof_is_private(merchant, creator, rival, stranger):
    bill = proved(raised(merchant, creator), merchant)
    file = reverse("file_read", args=[bill.steps.get(kind="proved").file_id])
    assert rival.browser().get(file).status_code == 404
    assert staff_person("finance checker").browser().get(file).status_code == 200
    far = staff_person("finance maker", regions=["southwest"])
    assert far.browser().get(file).status_code == 404, "of another region"
    assert stranger.browser().get(bill.get_absolute_url()).status_code == 404


def test_payee_issues_and_waives(merchant, creator):
    bill = raised(merchant, creator)
    merchant.browser().post(reverse("bill_invoice_request", args=[bill.pk]))
    browser = creator.browser()
    browser.post(reverse("bill_invoice", args=[bill.pk]), {"number": "25440001"})
    assert "25440001" in body(merchant.browser().get(bill.get_absolute_url()))
    assert "/waiver/" in body(browser.get(bill.get_absolute_url()))
    browser.post(reverse("bill_waiver", args=[bill.pk]), {"note": "取消"})
    bill.refresh_from_db()
    assert bill.status == "waived"


def test_agreement_shows_its_bills_and_calls(merchant, provider):
    monthly = part(code="月费", due={"when": "month", "days": 5})
    call = part(code="终止费", kind="kill_fee", due={"when": "call", "days": 5})
    agreement = paper(merchant, provider, monthly, call, part(refund=LADDER)).agreement
    services.raise_bills(factories.SYSTEM)
    url = reverse("agreement_call", args=[agreement.pk, "终止费"])
    assert url in body(provider.browser().get(agreement.get_absolute_url()))
    page = body(merchant.browser().get(agreement.get_absolute_url()))
    assert url not in page
    assert "月费" in page
    response = provider.browser().post(url, {"note": "提前结束"})
    assert response.url == Bill.objects.get(code="终止费").get_absolute_url()
    pdf = reverse("agreement_version_paper", args=[agreement.versions.get().pk])
    assert merchant.browser().get(pdf)["Content-Type"] == "application/pdf"


def test_editor_writes_and_shows_a_bill(merchant, creator):
    browser = merchant.browser()
    url = reverse("agreement_create", args=[creator.party.pk])
    page = body(browser.get(url, {"template": "pit-fee"}))
    assert "坑位费" in page
    assert "20,000" in page
    sent = {
        "role": "commission",
        "scope_kind": "whole",
        "rows": "1",
        "part1-code": "佣金",
        "part1-rate": "20",
        "bill1-code": "坑位费",
        "bill1-kind": "pit_fee",
        "bill1-amount": "5000",
        "bill1-when": "start",
        "bill1-days": "3",
        "bill1-target": "100000",
        "bill1-from_1": "0",
        "bill1-back_1": "100",
        "bill1-from_2": "100",
        "bill1-back_2": "0",
        "starts_on": (clock.today()).isoformat(),
        "propose": "1",
    }
    wrong = body(browser.post(url, sent))
    assert "坑位费" in wrong  # shown again, with its preview
    sent["starts_on"] = "2100-01-01"
    browser.post(url, sent | {"bill1-when": "month", "bill1-days": "31"})
    assert not creator.party.agreements_to_be_paid.exists()
    sent["starts_on"] = (clock.today() + timedelta(days=2)).isoformat()
    browser.post(url, sent)
    version = creator.party.agreements_to_be_paid.get().versions.get()
    bill = version.data["invoice_components"][0]
    assert (bill["amount_fen"], bill["due"]) == (500_000, {"when": "start", "days": 3})
    assert bill["refund"]["bands"][1] == {"from_bp": 10_000, "refund_bp": 0}
    counter = reverse("agreement_version_counter", args=[version.pk])
    assert "坑位费" in body(creator.browser().get(counter))


def test_paper_without_bills_is_as_it_was(merchant, provider):
    assert "invoice_components" not in agreed(merchant, provider).document


def test_api_proves_with_an_upload(merchant, creator):
    bill = raised(merchant, creator)
    browser = merchant.browser()
    sent = {"file": factories.picture(), "purpose": "bill-proof"}
    upload = browser.post("/api/v1/files/", sent).json()
    url = f"/api/v1/bills/{bill.pk}/proof/"
    said = {"file": upload["id"], "paid_on": clock.today().isoformat()}
    answer = browser.post(url, said, content_type="application/json")
    assert (answer.status_code, answer.json()["bill_status"]) == (200, "proved")
    assert browser.post(url, said, content_type="application/json").status_code == 409


def test_finance_finds_the_payment(merchant, creator):
    bill = proved(raised(merchant, creator), merchant)
    checker, maker = staff_person("finance checker"), staff_person("finance maker")
    url = reverse("admin:revenue_bill_match", args=[bill.pk])
    assert maker.browser().get(url).status_code == 403
    browser = checker.browser()
    assert url.rsplit("/", 3)[0] in body(browser.get(reverse("admin:index")))
    assert browser.get(url).status_code == 200
    browser.post(url, {"note": "没有这笔"})
    bill.refresh_from_db()
    assert bill.status == "open"
    proved(bill, merchant)
    row = bank_row()
    assert str(row.reference) in body(browser.get(url))
    browser.post(url, {"row": row.pk})
    bill.refresh_from_db()
    assert (bill.status, bill.bank_row) == ("paid", row)
    assert browser.get(reverse("admin:revenue_bankrow_changelist")).status_code == 200


def test_workbench_asks_for_the_payment(merchant, creator):
    bill = raised(merchant, creator)
    home = reverse("workbench")
    assert bill.get_absolute_url() in body(merchant.browser().get(home))


def test_what_is_to_be_paid_is_no_fault_of_the_books(merchant, creator):
    raised(merchant, creator)
    page = body(merchant.browser().get(reverse("money_entries")))
    assert "−¥20,000.00" in page
    assert "t-bad" not in page
