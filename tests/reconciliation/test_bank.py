"""What the books say moved at the bank, and the bank's rows."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from matchmaking.catalogue.models import DepositMove
from matchmaking.catalogue.services import approve_move
from portal.core import clock
from portal.core.imports import find_kind
from portal.core.imports.at_once import import_at_once
from portal.payouts.models import Item, PayoutTerm
from portal.reconciliation.documents import find_document
from portal.reconciliation.fields import Resolution
from portal.reconciliation.models import BankMatch, Day, Difference
from portal.reconciliation.services import (
    close_found,
    count_day,
    end_match,
    match_row,
    resolve_difference,
)
from portal.revenue.models import BankRow
from portal.revenue.services import match_bill, record_bank_rows
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.payouts.making import answered, on_the_way, payable
from tests.reconciliation.making import refused
from tests.revenue.bills.making import AMOUNT, bank_row, proved, raised
from tests.settlement.making import MARCH, approved, on, papers, sold, statement_of

pytestmark = pytest.mark.django_db


def counted(ago: int = 0) -> Day:
    return count_day(SYSTEM, feed=None, day=clock.today() - timedelta(days=ago))


def kinds(row: Day) -> list[tuple[str, str]]:
    return sorted(row.differences.filter(status="open").values_list("kind", "found"))


def row(amount: int, reference: str, *, ago: int = 0, name: str = "") -> BankRow:
    booked_on = clock.today() - timedelta(days=ago)
    values = {"account": "8801", "reference": reference, "booked_on": booked_on}
    record_bank_rows(SYSTEM, rows=[values | {"amount": amount, "counterparty": name}])
    return BankRow.objects.get(reference=reference)


@pytest.fixture
def shown(merchant, creator):
    """A bill whose payment was shown today."""
    return proved(raised(merchant, creator), merchant)


def test_payment_without_a_row_is_missing_and_a_row_without_one_extra(shown):
    row(-700, "B9")
    day = counted()
    assert kinds(day) == [("extra", "out"), ("missing", "")]
    assert (day.expected_fen, day.arrived_fen, day.completeness_bp) == (AMOUNT, 700, 0)


def test_row_of_its_name_and_amount_is_the_payment(shown, merchant):
    row(AMOUNT, "B1", name=merchant.party.legal_name)
    day = counted()
    assert (kinds(day), day.completeness_bp) == ([], 10_000)
    assert BankMatch.objects.get().how == "name"


def test_bill_that_finance_found_is_matched(shown):
    match_bill(staff_person("finance checker").actor, bill=shown, row=bank_row())
    assert (kinds(counted()), BankMatch.objects.get().how) == ([], "person")


def test_payment_on_another_day_says_when(shown, merchant):
    row(AMOUNT, "B1", ago=3, name=merchant.party.legal_name)
    day = counted()
    today = clock.today()
    assert kinds(day) == [("timing", (today - timedelta(days=3)).isoformat())]
    assert (day.completeness_bp, kinds(counted(ago=3))) == (10_000, [])


def test_row_is_matched_by_hand_by_a_second_person(shown):
    lost = counted().differences.get(kind="missing")
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    values = {"account": "1", "reference": "B5", "booked_on": clock.today(), "amount": AMOUNT}
    record_bank_rows(maker.actor, rows=[values])
    found, other = BankRow.objects.get(), row(1, "B6")
    refused(403, match_row, maker.actor, difference=lost, row=found)
    refused(409, match_row, checker.actor, difference=lost, row=other)
    match = match_row(checker.actor, difference=lost, row=found)
    lost.refresh_from_db()
    assert (lost.status, match.matched_by) == ("gone", checker.user)
    extra = lost.day.differences.get(kind="extra", bank_row=other)
    refused(409, match_row, checker.actor, difference=extra, row=found)

    end_match(checker.actor, match=match, why="是另一笔")
    refused(409, end_match, checker.actor, match=match, why="x")
    found.refresh_from_db()
    day = Day.objects.get(day=clock.today())
    assert [kind for kind, _said in kinds(day)].count("missing") == 1, "found missing at once"
    assert ("missing", "") in kinds(counted()), "a machine does not match it again"


def test_statement_is_found_lost_found_again_and_closed(merchant, creator):
    """Its transfer's row was another payment's: it is paid, and not found; what is right on every
    day of the bank ends, and then its match stays."""
    finance, second = staff_person("finance maker"), staff_person("finance checker")
    PayoutTerm.objects.create(starts_on="2026-01-01", minimum_fen=1, trial_tries=3, trial_days=7)
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 2):
        approved(finance, second, MARCH)
        payable(creator.party)
    with on(4, 20):
        answered(on_the_way())
        item = Item.objects.get()
        rows = [
            {"account": "8801", "reference": reference, "amount": -item.paid_fen}
            for reference in (f"PB{item.pk}", "B2")
        ]
        record_bank_rows(SYSTEM, rows=[one | {"booked_on": clock.today()} for one in rows])
        wrong, right = BankRow.objects.order_by("pk")
        day = counted()
        statement = statement_of(creator)
        assert (statement.status, kinds(day)) == ("reconciled", [("extra", "out")])
        assert close_found(SYSTEM) == 0, "something of its day is to be explained"

        end_match(second.actor, match=BankMatch.objects.get(row=wrong), why="是另一笔")
        statement.refresh_from_db()
        assert statement.status == "paid"
        assert kinds(day) == [("extra", "out"), ("extra", "out"), ("missing", "")]
        lost = day.differences.get(kind="missing", status="open")
        match_row(second.actor, difference=lost, row=right)
        statement.refresh_from_db()
        assert statement.status == "reconciled"
        extra = day.differences.get(kind="extra", status="open")
        resolve_difference(second.actor, difference=extra, said=Resolution("退回的一笔"))
        assert close_found(SYSTEM) == 0, "its rows may still come"
    with on(4, 24):
        assert close_found(SYSTEM) == 1
        assert close_found(SYSTEM) == 0
        statement.refresh_from_db()
        assert (statement.status, statement.to_pay) == ("closed", 0)
        match = BankMatch.objects.get(ended_at=None)
        refused(409, end_match, second.actor, match=match, why="x")


def test_document_of_a_resolution_is_looked_up(merchant, creator):
    finance, second = staff_person("finance maker"), staff_person("finance checker")
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 2):
        approved(finance, second, MARCH)
    statement = statement_of(creator)
    other, fee = row(-700, "B9"), row(-1, "B10")
    counted()
    for said in ("FY-1", "JS-209901-0001", "0" * 36):
        flaws = refused(
            422, resolve_difference, second.actor,
            difference=Difference.objects.get(bank_row=other), said=Resolution("费用", said),
        )  # fmt: skip
        assert flaws == ["document"]
    for of, said, number in (
        (other, f" https://example.com{statement.get_absolute_url()}", statement.number),
        (fee, "B10", "B10"),
    ):
        one = Difference.objects.get(bank_row=of)
        resolve_difference(second.actor, difference=one, said=Resolution("费用", said))
        one.refresh_from_db()
        assert (one.document, one.steps.get().document) == (number, number)
        assert find_document(one.document) is not None
    page = second.browser().get(Difference.objects.get(bank_row=other).get_absolute_url())
    assert f'href="{statement.get_absolute_url()}"' in page.content.decode()


def test_who_brought_a_row_in_does_not_explain_it():
    maker = staff_person("finance maker")
    values = {"account": "1", "reference": "B5", "booked_on": clock.today(), "amount": 5}
    record_bank_rows(maker.actor, rows=[values])
    extra = counted().differences.get()
    refused(403, resolve_difference, maker.actor, difference=extra, said=Resolution("x"))
    checker = staff_person("finance checker")
    resolve_difference(checker.actor, difference=extra, said=Resolution("利息"))


def test_bank_file_says_the_direction_or_the_sign():
    kind = find_kind("revenue.bank")
    lines = [
        "account,reference,booked_on,amount,direction",
        "8801,B1,2026-03-05,100.00,",
        "8801,B2,2026-03-05,-50.00,",
        "8801,B3,2026-03-05,20.00,付",
        "8801,B4,2026-03-05,30.00,in",
        "8801,B5,2026-03-05,-40.00,out",
    ]

    assert import_at_once(SYSTEM, kind=kind, source=BytesIO("\n".join(lines).encode())) == 5
    found = BankRow.objects.order_by("reference").values_list("amount_fen", flat=True)
    assert list(found) == [10_000, -5_000, -2_000, 3_000, -4_000]
    for wrong in ("8801,B6,2026-03-05,0.00,", "8801,B6,2026-03-05,-1.00,收"):
        text = f"{lines[0]}\n{wrong}"
        with pytest.raises(ValueError, match="line 2"):
            import_at_once(SYSTEM, kind=kind, source=BytesIO(text.encode()))
    without = "account,reference,booked_on,amount\n8801,B7,2026-03-05,1.00"
    assert import_at_once(SYSTEM, kind=kind, source=BytesIO(without.encode())) == 1


def test_deposit_is_looked_for_by_its_number(creator):
    move = DepositMove.objects.create(
        creator=creator.party,
        kind="payment",
        amount_fen=50_000,
        reference="D77",
        proposed_at=clock.now(),
        status="proposed",
    )
    approve_move(SYSTEM, move=move)
    assert kinds(counted()) == [("missing", "")]
    row(49_000, "D77")
    day = counted()
    assert (kinds(day), day.completeness_bp) == ([("amount", "")], 0)
