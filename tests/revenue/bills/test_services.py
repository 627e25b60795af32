"""Bills by date: raised once, proved, found in the bank, refunded by their ladder."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.revenue import services
from portal.revenue.models import BankRow, Bill, BillStep
from tests import factories
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.revenue.agreements.making import terms
from tests.revenue.orders.telling import Order, books, record

from .making import AMOUNT, LADDER, bank_row, later, paper, part, proved, raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def checker():
    return staff_person("finance checker")


def refused(status, act, *args, **kwargs):
    known = BillStep.objects.count()
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    assert error.value.verdict.status == status
    assert BillStep.objects.count() == known


def owed(person):
    return books().get((person.party.pk, "bills", "settled"), 0)


def test_raised_once_and_into_the_books(merchant, creator):
    bill = raised(merchant, creator, code="坑位费")

    assert bill.due_on == clock.today() + timedelta(days=3)
    assert (bill.payer, bill.payee, bill.status) == (merchant.party, creator.party, "open")
    assert (owed(merchant), owed(creator)) == (-AMOUNT, AMOUNT)
    assert Notice.objects.filter(user=merchant.user, event="bill.raised").count() == 1
    assert services.raise_bills(SYSTEM) == 0
    assert Bill.objects.count() == 1


def test_a_later_version_neither_doubles_nor_loses_a_month(merchant, provider):
    monthly = part(code="月费", kind="retainer", due={"when": "month", "days": 5})
    version = paper(merchant, provider, monthly)
    with later(40):
        services.raise_bills(SYSTEM)
        before = set(Bill.objects.values_list("key", flat=True))
        changed = services.propose_version(
            merchant.actor,
            agreement=version.agreement,
            terms=terms(components=[], invoice_components=[monthly | {"amount_fen": 5}]),
        )
        services.accept_version(provider.actor, version=changed)
    with later(100):
        services.raise_bills(SYSTEM)
    months = list(Bill.objects.order_by("key").values_list("key", "amount_fen"))
    assert len(months) == len({key for key, _amount in months})
    assert {amount for key, amount in months if key in before} == {AMOUNT}
    assert {amount for key, amount in months if key not in before} == {5}


def test_proved_found_and_paid(merchant, creator, checker):
    bill = proved(raised(merchant, creator), merchant)
    assert bill.status == "proved"

    services.match_bill(checker.actor, bill=bill, row=bank_row())

    bill.refresh_from_db()
    assert (bill.status, bill.paid_on) == ("paid", clock.today())
    assert (owed(merchant), owed(creator)) == (0, 0)
    assert AuditEntry.objects.filter(verb="match_bill", user=checker.user).count() == 1
    refused(409, services.match_bill, checker.actor, bill=bill, row=bank_row(reference="B2"))


def test_bank_row_is_of_one_bill_and_its_amount(merchant, creator, provider, checker):
    first = proved(raised(merchant, creator), merchant)
    second = proved(raised(merchant, provider), merchant)
    row = bank_row()
    refused(409, services.match_bill, checker.actor, bill=first, row=bank_row(1, "B2"))
    services.match_bill(checker.actor, bill=first, row=row)
    refused(409, services.match_bill, checker.actor, bill=second, row=row)


def test_who_brought_the_row_in_does_not_match_it(merchant, creator, operator):
    bill = proved(raised(merchant, creator), merchant)
    root = staff_person("finance maker")
    row = {"account": "1", "reference": "2", "booked_on": clock.today(), "amount": AMOUNT}
    services.record_bank_rows(root.actor, rows=[row])
    refused(403, services.match_bill, root.actor, bill=bill, row=BankRow.objects.get())
    assert services.record_bank_rows(root.actor, rows=[row]) == 0  # known
    refused(403, services.record_bank_rows, merchant.actor, rows=[row])
    refused(422, services.record_bank_rows, root.actor, rows=[row | {"amount": 0}])


def test_proof_that_is_not_found_is_returned(merchant, creator, checker):
    bill = proved(raised(merchant, creator), merchant)
    refused(422, services.return_proof, checker.actor, bill=bill, note=" ")
    services.return_proof(checker.actor, bill=bill, note="银行没有这笔")
    bill.refresh_from_db()
    assert (bill.status, bill.paid_on) == ("open", None)
    proved(bill, merchant)  # and again
    assert bill.steps.filter(kind="proved").count() == 2


def test_each_side_does_its_own(merchant, creator, colleague, checker):
    bill = raised(merchant, creator)
    today = {"file": factories.picture(), "paid_on": clock.today()}
    refused(403, services.prove_payment, creator.actor, bill=bill, **today)
    refused(403, services.prove_payment, colleague.actor, bill=bill, **today)
    refused(403, services.issue_invoice, merchant.actor, bill=bill, number="1")
    refused(403, services.waive_bill, merchant.actor, bill=bill, note="x")
    refused(403, services.match_bill, merchant.actor, bill=bill, row=bank_row())
    refused(409, services.match_bill, checker.actor, bill=bill, row=bank_row())
    refused(409, services.confirm_receipt, creator.actor, bill=bill)
    tomorrow = today | {"paid_on": clock.today() + timedelta(days=1)}
    refused(422, services.prove_payment, merchant.actor, bill=bill, **tomorrow)


def test_invoice_is_asked_for_and_issued(merchant, creator):
    bill = raised(merchant, creator)
    services.request_invoice(merchant.actor, bill=bill)
    refused(409, services.request_invoice, merchant.actor, bill=bill)
    refused(422, services.issue_invoice, creator.actor, bill=bill, number=" ")
    services.issue_invoice(creator.actor, bill=bill, number="25442000", file=factories.picture())
    step = bill.steps.get(kind="invoiced")
    assert (step.number, step.file is not None) == ("25442000", True)


def test_waived_leaves_the_books(merchant, creator):
    bill = raised(merchant, creator)
    services.waive_bill(creator.actor, bill=bill, note="活动取消")
    assert (owed(merchant), owed(creator)) == (0, 0)
    refused(409, services.waive_bill, creator.actor, bill=bill, note="x")
    services.raise_bills(SYSTEM)
    assert Bill.objects.count() == 1


def test_kill_fee_is_called_for_by_the_payee(merchant, provider):
    call = part(code="终止费", kind="kill_fee", due={"when": "call", "days": 7})
    agreement = paper(merchant, provider, call, part()).agreement
    asked = {"agreement": agreement, "code": "终止费", "note": "提前终止"}
    refused(403, services.call_bill, merchant.actor, **asked)
    refused(422, services.call_bill, provider.actor, **asked | {"code": "没有"})
    refused(409, services.call_bill, provider.actor, **asked | {"code": "坑位费"})
    bill = services.call_bill(provider.actor, **asked)
    assert (bill.kind, bill.due_on) == ("kill_fee", clock.today() + timedelta(days=7))
    refused(409, services.call_bill, provider.actor, **asked)


def test_late_is_told_once(merchant, creator):
    bill = raised(merchant, creator)
    assert services.tell_late_bills(SYSTEM) == 0
    with later(4):
        assert bill.is_late
        assert (services.tell_late_bills(SYSTEM), services.tell_late_bills(SYSTEM)) == (1, 0)
    assert Notice.objects.filter(event="bill.late").count() == 2


@pytest.mark.parametrize(("sold", "back"), [(0, AMOUNT), (6_000_000, AMOUNT // 2), (10_000_000, 0)])
def test_refund_by_the_target_reached(merchant, creator, checker, sold, back):
    bill = proved(raised(merchant, creator, refund=LADDER), merchant)
    services.match_bill(checker.actor, bill=bill, row=bank_row())
    with later(5):
        order = Order(merchant, creator)
        if sold:
            record(order.paid(sold + 500), order.settled(sold + 500), order.refunded(500))
    with later(40):
        assert services.measure_bills(SYSTEM) == 0  # what was sold may still settle
    with later(60):
        assert services.measure_bills(SYSTEM) == 1
        assert services.measure_bills(SYSTEM) == 0

    bill.refresh_from_db()
    assert bill.reached_fen == sold
    refund = Bill.objects.filter(refunds=bill).first()
    assert (refund.amount_fen if refund else 0) == back
    if refund:
        assert (refund.payer, refund.payee) == (creator.party, merchant.party)
        assert owed(merchant) == back


def test_unpaid_bill_is_not_measured(merchant, creator):
    raised(merchant, creator, refund=LADDER)
    with later(90):
        assert services.measure_bills(SYSTEM) == 0


def test_steps_and_amounts_never_change(merchant, creator):
    bill = raised(merchant, creator)
    for rows, change in ((BillStep.objects, {"note": "x"}), (Bill.objects, {"amount_fen": 1})):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.filter(**({"bill": bill} if rows is BillStep.objects else {"pk": bill.pk})).update(
                **change
            )


def test_bills_between_the_two_only(merchant, provider):
    with pytest.raises(Refused) as error:
        paper(merchant, provider, part(party="platform"))
    assert "invoice_components" in {flaw.field for flaw in error.value.verdict.flaws}
    assert paper(merchant, provider, part(), components=[]).pk  # a retainer alone is a paper
