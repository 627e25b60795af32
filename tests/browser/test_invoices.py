"""An invoice on the pages: asked for, its XML handed in and matched, taken back by a red letter;
and a difference of a day that somebody explains."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.core import clock
from portal.invoicing import services
from portal.invoicing.models import InvoiceDue
from portal.reconciliation.models import Difference
from portal.reconciliation.services import count_day, list_events
from portal.revenue import services as bills
from portal.revenue.models import Bill
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM
from tests.invoicing.making import paper_of
from tests.revenue.bills.making import AMOUNT, LADDER, bank_row, later, proved, raised
from tests.revenue.orders.telling import Order, feed, record

pytestmark = pytest.mark.django_db(transaction=True)


def hand_in(page, paper):
    file = {"name": paper.name, "mimeType": "text/xml", "buffer": paper.read()}
    page.set_input_files("input[type=file]", file)
    page.locator("main form[enctype] button.btn-primary").click()
    page.wait_for_load_state()


def test_invoice_is_asked_matched_and_taken_back(transactional_db, open_page):
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    provider = person_of(factories.listed_party("provider", "云帆电商"))
    checker = staff_person("finance checker")
    bill = raised(merchant, provider, refund=LADDER)
    payer = open_page(merchant.user)
    payer.goto(bill.get_absolute_url())
    asking = reverse("bill_invoice_request", args=[bill.pk])
    payer.locator(f"form[action='{asking}'] button").click()
    payer.wait_for_load_state()
    services.raise_bill_dues(SYSTEM)

    issuer = open_page(provider.user)
    issuer.goto(reverse("invoice_list"))
    due = InvoiceDue.objects.select_related("issuer", "recipient", "bill").get(bill=bill)
    hand_in(issuer, paper_of(due))
    due.refresh_from_db()
    assert due.status == "matched"
    number = due.invoices.get().number
    issuer.get_by_text(number).first.wait_for()
    payer.goto(due.get_absolute_url())
    payer.get_by_text(number).first.wait_for()

    bills.match_bill(checker.actor, bill=proved(bill, merchant), row=bank_row())
    with later(60):  # nothing was sold: all of it comes back
        bills.measure_bills(SYSTEM)
        refund = Bill.objects.get(refunds=bill)
        row = bank_row(reference="B2")
        bills.match_bill(checker.actor, bill=proved(refund, provider), row=row)
        services.follow_refunds(SYSTEM)
    due.refresh_from_db()
    issuer.goto(due.get_absolute_url())
    issuer.locator(".note.warn").wait_for()
    hand_in(issuer, paper_of(due, -AMOUNT, reverses=number))
    due.refresh_from_db()
    assert (due.status, due.net_fen) == ("void", 0)


def test_difference_is_resolved_with_its_reason(transactional_db, open_page):
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    here, lost = (Order(merchant, order=f"D{n}") for n in (1, 2))
    record(here.paid(900, event_id="E1"))
    listed = [here.paid(1_000, event_id="E1"), lost.paid(500, event_id="E2")]
    list_events(SYSTEM, feed=feed(), events=listed)
    day = count_day(SYSTEM, feed=feed(), day=clock.today())
    checker = staff_person("finance checker")

    page = open_page(checker.user)
    page.goto(reverse("reconciliation_month"))
    page.locator(f"a[href='{day.get_absolute_url()}']").first.click()
    missing = Difference.objects.get(key="E2")
    page.locator(f"a[href='{missing.get_absolute_url()}']").first.click()
    resolving = page.locator(
        f"form[action='{reverse('reconciliation_resolution', args=[missing.pk])}']"
    )
    resolving.locator("button.btn-primary").click()  # without a reason nothing is resolved
    page.wait_for_load_state()
    assert Difference.objects.open().count() == 2
    resolving.locator("[name=why]").fill("上游次日补发，已核对")
    resolving.locator("button.btn-primary").click()
    page.get_by_text("上游次日补发，已核对").first.wait_for()
    missing.refresh_from_db()
    assert (missing.status, missing.resolved_by) == ("resolved", checker.user)
    assert Difference.objects.open().count() == 1
