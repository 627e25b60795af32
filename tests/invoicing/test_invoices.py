"""Invoices from the request to the red letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from portal.core import clock
from portal.core.files import store_file
from portal.core.models import StoredFile
from portal.core.verdict import Refused
from portal.invoicing import selectors, services
from portal.invoicing.fields import ProfileFields
from portal.invoicing.models import Invoice, InvoiceDue, Title
from portal.invoicing.states import PURPOSE, DueStatus
from portal.notices.models import Notice
from portal.revenue import services as bills
from portal.revenue.models import Bill
from tests.conftest import Person, person_of
from tests.factories import SYSTEM, at_once
from tests.invoicing.making import asked_for, file_of, paper_of
from tests.revenue.bills.making import AMOUNT, LADDER, bank_row, later, proved, raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(merchant: Person, provider: Person) -> InvoiceDue:
    return asked_for(merchant, provider)


def again(due: InvoiceDue) -> InvoiceDue:
    return InvoiceDue.objects.get(pk=due.pk)


def test_request_makes_it_due_once(due: InvoiceDue, provider: Person) -> None:
    assert (due.status, due.amount_fen, due.left_fen) == ("asked", AMOUNT, AMOUNT)
    assert due.due_on == clock.today() + timedelta(days=10)
    assert services.raise_bill_dues(SYSTEM) == 0
    assert Notice.objects.filter(user=provider.user, event="invoice.asked").count() == 1


def test_natural_person_is_asked_for_no_invoice(merchant: Person, creator: Person) -> None:
    bills.request_invoice(merchant.actor, bill=raised(merchant, creator))
    assert services.raise_bill_dues(SYSTEM) == 0


def test_invoice_that_fits_is_matched_at_once(due: InvoiceDue, provider: Person) -> None:
    invoice = services.hand_in(provider.actor, file=paper_of(due))
    due = again(due)
    assert (invoice.status, invoice.differences) == ("matched", [])
    assert (due.status, due.matched_fen) == ("matched", AMOUNT)
    assert invoice.lines.get().tax_fen == invoice.tax_fen == 113_208
    assert due.bill is not None
    assert due.bill.steps.filter(kind="invoiced", number=invoice.number).count() == 1


def test_large_sum_comes_in_several_invoices(
    due: InvoiceDue, provider: Person, refused: Any
) -> None:
    services.hand_in(provider.actor, file=paper_of(due, 500_000))
    assert (again(due).status, again(due).left_fen) == ("asked", 1_500_000)
    refused(422, services.hand_in, provider.actor, file=paper_of(due, 1_500_001))
    services.hand_in(provider.actor, file=paper_of(due, 1_500_000))
    assert again(due).status == "matched"
    refused(409, services.hand_in, provider.actor, file=paper_of(due, 500_001))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"seller_tax": "91330106MA2CFXL62A"}, 422),
        ({"buyer_tax": "91330106MA2CFXL62A"}, 422),
        ({"inclusive": "20000.01", "tax": "1132.09"}, 422),
        ({"exclusive": "1.00"}, 422),
        ({"number": "abc"}, 422),
    ],
)
def test_somebody_elses_invoice_changes_nothing(
    due: InvoiceDue, provider: Person, refused: Any, changes: dict[str, Any], status: int
) -> None:
    kept = StoredFile.objects.count()
    refused(status, services.hand_in, provider.actor, file=paper_of(due, **changes))
    assert StoredFile.objects.count() == kept
    assert not Invoice.objects.exists()


def test_who_may_hand_in(
    due: InvoiceDue, merchant: Person, provider: Person, creator: Person, refused: Any
) -> None:
    refused(403, services.hand_in, merchant.actor, file=paper_of(due), due=due)
    refused(422, services.hand_in, creator.actor, file=paper_of(due))
    services.hand_in(provider.actor, file=paper_of(due), due=due)
    refused(409, services.hand_in, provider.actor, file=paper_of(due), due=due)  # nothing is due


def test_small_difference_waits_for_the_other_side(
    due: InvoiceDue, merchant: Person, provider: Person, refused: Any
) -> None:
    wrong = {"buyer_name": "别的名字有限公司"}
    first = services.hand_in(provider.actor, file=paper_of(due, **wrong))
    assert [one["code"] for one in first.differences] == ["buyer_name"]
    assert "别的名字有限公司" in selectors.differences_of(first)[0]
    assert again(due).status == "asked"
    assert Notice.objects.filter(user=merchant.user, event="invoice.differs").count() == 1
    refused(403, services.accept_invoice, provider.actor, invoice=first, note="行")
    refused(422, services.accept_invoice, merchant.actor, invoice=first, note=" ")
    services.return_invoice(merchant.actor, invoice=first, note="名称有误")
    refused(409, services.accept_invoice, merchant.actor, invoice=first, note="行")
    second = services.hand_in(provider.actor, file=paper_of(due, **wrong))  # the number is free
    services.accept_invoice(merchant.actor, invoice=second, note="更名前的名称")
    assert again(due).status == "matched"
    assert {row.status for row in Invoice.objects.all()} == {"returned", "matched"}


def test_rate_is_compared_once_it_was_said(merchant: Person, provider: Person) -> None:
    assert provider.party is not None
    said = ProfileFields("general", clock.today().replace(day=1))
    services.say_profile(provider.actor, party=provider.party, fields=said)
    due = asked_for(merchant, provider)
    # The bill is of this month, so the table is that of general taxpayers.
    assert due.rate_bp == 600
    assert services.hand_in(provider.actor, file=paper_of(due)).differences == []


def test_refund_asks_for_a_red_letter(
    merchant: Person, creator: Person, provider: Person, checker: Person, refused: Any
) -> None:
    due = asked_for(merchant, provider, refund=LADDER)
    blue = services.hand_in(provider.actor, file=paper_of(due))
    assert due.bill is not None
    bill = proved(due.bill, merchant)
    bills.match_bill(checker.actor, bill=bill, row=bank_row())
    with later(60):
        bills.measure_bills(SYSTEM)  # nothing sold: all of it comes back
        refund = Bill.objects.get(refunds=bill)
        row = bank_row(reference="B2")
        bills.match_bill(checker.actor, bill=proved(refund, provider), row=row)
        assert services.follow_refunds(SYSTEM) == 1
        assert services.follow_refunds(SYSTEM) == 0
        due = again(due)
        assert (due.status, due.left_fen) == ("red", -AMOUNT)
        other = paper_of(due, -AMOUNT, reverses="1" * 20)
        refused(422, services.hand_in, provider.actor, file=other)
        red = paper_of(due, -AMOUNT, reverses=blue.number)
        services.hand_in(provider.actor, file=red, due=due)
    assert (again(due).status, again(due).net_fen) == ("void", 0)
    assert Notice.objects.filter(user=provider.user, event="invoice.red").count() == 1


def test_waived_bill_needs_no_invoice(due: InvoiceDue, provider: Person) -> None:
    assert due.bill is not None
    bills.waive_bill(provider.actor, bill=due.bill, note="取消")
    services.sweep_invoices(SYSTEM)
    assert again(due).status == "void"


def test_late_is_told_once(due: InvoiceDue, provider: Person) -> None:
    with later(11):
        assert services.tell_late_dues(SYSTEM) == 1
        assert services.tell_late_dues(SYSTEM) == 0
        assert again(due).is_late
    assert Notice.objects.filter(user=provider.user, event="invoice.late").count() == 1


def test_platform_is_sent_invoices_by_its_name(
    provider: Person, maker: Person, checker: Person, refused: Any
) -> None:
    assert provider.party is not None
    Title.objects.create(starts_on=clock.today(), name="平台公司", tax_number="91310115MA1K4HJ53C")
    due = InvoiceDue(
        issuer=provider.party,
        month=clock.today().replace(day=1),
        title="结算单 JS-1",
        amount_fen=AMOUNT,
    )
    payee = selectors.payee_of(provider.party, clock.today())
    services.raise_due(SYSTEM, due, payee, clock.now(), selectors.read_tables())
    refused(422, services.hand_in, provider.actor, file=paper_of(due, buyer_tax="9" * 18))
    invoice = services.hand_in(provider.actor, file=paper_of(due, buyer_name="平台"))
    assert Invoice.objects.to_judge().get() == invoice
    services.accept_invoice(checker.actor, invoice=invoice, note="简称")
    assert again(due).status == DueStatus.MATCHED
    assert maker.browser().get(due.get_absolute_url()).status_code == 200


def test_files_are_answered_one_by_one(due: InvoiceDue, provider: Person) -> None:
    browser = provider.browser()
    answer = browser.post(
        "/invoices/", {"papers": [paper_of(due), file_of(b"<a/>", "wrong.xml")]}, follow=True
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert again(due).status == "matched"
    assert "wrong.xml" in page
    assert Invoice.objects.get().number in page
    many = [paper_of(due) for _n in range(21)]
    with pytest.raises(Refused) as error:
        services.hand_in_all(provider.actor, files=many)
    assert error.value.verdict.status == 422


def test_api_takes_an_upload(due: InvoiceDue, provider: Person, merchant: Person) -> None:
    upload = store_file(provider.actor, upload=paper_of(due), purpose=PURPOSE)
    browser = provider.browser()
    url = f"/api/v1/invoices-due/{due.pk}/invoices/"
    told = browser.post(url, {"file": str(upload.pk)}, content_type="application/json").json()
    assert (told["due_status"], told["left_fen"]) == ("matched", 0)
    assert told["invoices"][0]["lines"][0]["rate_bp"] == 600
    mine = merchant.browser().get(f"/api/v1/invoices/{told['invoices'][0]['id']}/").json()
    assert merchant.party is not None
    assert mine["buyer_name"] == merchant.party.legal_name
    read = merchant.browser().get(f"/files/{told['invoices'][0]['file']}/")
    assert read["Content-Disposition"].startswith("attachment")


def test_pages_show_it_to_both_sides(due: InvoiceDue, merchant: Person, provider: Person) -> None:
    for person in (merchant, provider):
        browser = person.browser()
        assert due.title in browser.get("/invoices/").content.decode()
        assert browser.get(due.get_absolute_url()).status_code == 200
        assert browser.get("/money/taxes/").status_code == 200
    said = {"taxpayer": "general", "starts_on": clock.today().isoformat()}
    assert provider.browser().post("/money/taxes/", said).status_code == 302
    assert "一般纳税人" in provider.browser().get("/money/taxes/").content.decode()


def test_database_keeps_status_and_sums_together(due: InvoiceDue) -> None:
    for wrong in (
        {"status": "matched"},
        {"matched_fen": AMOUNT},
        {"matched_fen": AMOUNT + 1, "status": "matched"},
        {"reversed_fen": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvoiceDue.objects.filter(pk=due.pk).update(**wrong)
    with pytest.raises(ProgrammingError), transaction.atomic():
        InvoiceDue.objects.filter(pk=due.pk).update(amount_fen=1)


@pytest.mark.django_db(transaction=True)
def test_two_windows_take_one_invoice_once(merchant: Person, provider: Person) -> None:
    due = asked_for(merchant, provider)
    assert provider.party is not None
    actor = person_of(provider.party).actor
    answers = at_once(
        lambda: services.hand_in(actor, file=paper_of(due)),
        lambda: services.hand_in(actor, file=paper_of(due)),
    )
    assert sorted(isinstance(one, Refused) for one in answers) == [False, True]
    assert again(due).matched_fen == AMOUNT
    assert Invoice.objects.count() == 1
