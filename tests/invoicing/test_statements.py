"""Invoices, taxes and the quarter's report of what statements made payable."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.invoicing import exports, selectors, services
from portal.invoicing.models import InvoiceDue, Title
from portal.invoicing.selectors import Quarter
from portal.parties.services import give_real_name
from portal.settlement import services as settlement
from tests.conftest import Person
from tests.factories import SYSTEM, real_name_fields
from tests.invoicing.making import paper_of
from tests.revenue.orders.telling import GROSS, record
from tests.settlement.making import (
    APRIL,
    MARCH,
    MAY,
    approved,
    on,
    papers,
    settled,
    sold,
    statement_of,
)

pytestmark = pytest.mark.django_db
FIRST = Quarter(2026, 1)


@pytest.fixture
def march(merchant: Person, creator: Person, provider: Person) -> None:
    papers(merchant, creator, provider)
    sold(merchant, creator, "A", month=3)
    sold(merchant, creator, "B", month=3, refunded=5_000)


def test_statement_asks_firms_for_services_alone(
    march: None, merchant: Person, creator: Person, provider: Person, maker: Person, checker: Person
) -> None:
    """Not the merchant, whose buyers have its invoices; not the creator, a natural person."""
    with on(4, 2):
        settled(maker, MARCH)
        assert services.raise_statement_dues(SYSTEM) == 0  # nothing is payable yet
        run = statement_of(provider).run
    with on(4, 11):
        settlement.agree_silent(SYSTEM)
        settlement.approve_statements(checker.actor, run=run)
        assert services.sweep_invoices(SYSTEM) == 1
        assert services.sweep_invoices(SYSTEM) == 0
        due, statement = InvoiceDue.objects.get(), statement_of(provider)
        assert (due.issuer, due.recipient, due.title) == (provider.party, None, statement.number)
        assert due.amount_fen == statement.released
        Title.objects.create(starts_on=MARCH, name="平台公司", tax_number="91310115MA1K4HJ53C")
        services.hand_in(provider.actor, file=paper_of(due))
    assert InvoiceDue.objects.get().status == "matched"


def test_what_fell_below_zero_asks_for_a_red_letter_and_is_invoiced_again(
    merchant: Person, creator: Person, provider: Person, maker: Person, checker: Person
) -> None:
    papers(merchant, creator, provider)
    first, fee = sold(merchant, creator, "A", month=3), GROSS * 4 // 100
    with on(4, 2):
        approved(maker, checker, MARCH)
    with on(4, 12):
        services.sweep_invoices(SYSTEM)
    due = InvoiceDue.objects.get(issuer=provider.party)
    with on(4, 28):  # paid out, invoiced, and all of it comes back
        record(first.refunded(GROSS, hours=24 * 50))
    with on(5, 2):
        approved(maker, checker, APRIL)
    with on(5, 12):
        assert services.sweep_invoices(SYSTEM) == 1
        assert services.sweep_invoices(SYSTEM) == 0
    due.refresh_from_db()
    assert (due.amount_fen, due.red_fen, due.status) == (fee, fee, "void")  # none was handed in
    sold(merchant, creator, "B", month=5)
    with on(6, 2):
        approved(maker, checker, MAY)
    with on(6, 12):
        services.sweep_invoices(SYSTEM)
        assert services.sweep_invoices(SYSTEM) == 0
    may = InvoiceDue.objects.get(statement=statement_of(provider))
    assert statement_of(provider).released == 0, "it set the rest off"
    assert may.amount_fen == fee, "and is invoiced all the same"


def test_tax_of_a_statement(
    march: None, merchant: Person, creator: Person, provider: Person, maker: Person
) -> None:
    with on(4, 2):
        settled(maker, MARCH)
    assert merchant.party is not None
    assert creator.party is not None
    assert provider.party is not None
    assert selectors.statement_tax(merchant.party, [100], month=MARCH) is None
    rows = [row.amount for row in statement_of(provider).rows.all()]
    tax = selectors.statement_tax(provider.party, rows, month=MARCH)
    assert tax is not None
    assert tax.total.inclusive == statement_of(provider).total
    theirs = selectors.statement_tax(creator.party, [statement_of(creator).total], month=MARCH)
    assert theirs is not None
    assert theirs.withheld is not None
    assert theirs.withheld.income == statement_of(creator).total  # without VAT below the limit


def test_release_of_a_statement_is_no_second_income(
    march: None, creator: Person, maker: Person, checker: Person
) -> None:
    assert creator.party is not None
    key, year = creator.party.pk, (date(2026, 1, 1), date(2026, 12, 1))
    before = selectors.incomes_of([key], *year)
    with on(4, 2):
        approved(maker, checker, MARCH)
    assert selectors.incomes_of([key], *year) == before


def test_report_of_a_quarter_is_the_books_income(
    march: None, merchant: Person, creator: Person, provider: Person, checker: Person, maker: Person
) -> None:
    assert creator.party is not None
    give_real_name(creator.actor, party=creator.party, fields=real_name_fields())
    found = {one.party.pk: one for chunk in selectors.earned_in(FIRST) for one in chunk}
    books = selectors.incomes_of(list(found), date(2026, 1, 1), MARCH)
    assert {key: one.net for key, one in found.items()} == {
        key: sum(months.values()) for key, months in books.items()
    }
    assert found[creator.party.pk].refunds > 0
    assert found[creator.party.pk].number.startswith("****")
    sums = selectors.identity_sums(FIRST)
    assert sum(row.parties for row in sums) == len(found) == 3
    assert not any(row.unproven for row in sums)
    known = AuditEntry.objects.filter(verb="export_identity").count()
    rows = list(exports.IDENTITIES.rows(checker.actor, {"quarter": "2026Q1"}))
    assert AuditEntry.objects.filter(verb="export_identity").count() == known + 1  # of one person
    assert all(len(row) == len(exports.IDENTITY_COLUMNS) for row in rows)
    [person] = [row for row in rows if row[5] == f"P{creator.party.pk:06d}"]
    assert len(person[4]) == 18
    with pytest.raises(Refused):
        list(exports.IDENTITIES.rows(maker.actor, {"quarter": "2026Q1"}))


@pytest.mark.parametrize("text", ["", "2026Q5", "26Q1", "2026-1", "abcdQ1", "1999Q1"])
def test_quarter_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        exports.asked_quarter({"quarter": text})


def test_page_of_the_report(march: None, checker: Person) -> None:
    page = checker.browser().get("/books/identities/?quarter=2026Q1").content.decode()
    assert "自然人" in page
    assert checker.browser().get("/books/identities/?quarter=2001Q1").status_code == 200
    assert str(Quarter(2026, 3)) == "2026Q3"
    assert Quarter(2026, 4).months[2] == date(2026, 12, 1)
    assert selectors.quarter_of(date(2026, 9, 30)) == Quarter(2026, 3)
