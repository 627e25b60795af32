"""Tables by two people, what kind of payee a party is, and the taxes of a statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from portal.core import clock
from portal.core.models import AuditEntry
from portal.invoicing import selectors, services
from portal.invoicing.fields import ProfileFields, TableFields
from portal.invoicing.models import TaxProfile, TaxTable
from portal.invoicing.states import PayeeKind, Taxpayer
from portal.ledger.services import post
from portal.parties.models import Party
from tests.conftest import Person
from tests.factories import SYSTEM
from tests.ledger.books import books_of, sale

pytestmark = pytest.mark.django_db


def fields(**changes: Any) -> TableFields:
    said = TableFields("vat_general", clock.today(), {"rate_bp": 500}, "公告")
    return replace(said, **changes)


def test_table_holds_once_a_second_person_approved_it(
    maker: Person, checker: Person, refused: Any
) -> None:
    table = services.propose_table(maker.actor, fields=fields())
    assert selectors.read_tables().on("vat_general", clock.today()).rate_bp == 600
    refused(403, services.approve_table, maker.actor, table=table)
    services.approve_table(checker.actor, table=table)
    assert selectors.read_tables().on("vat_general", clock.today()).rate_bp == 500
    yesterday = clock.today() - timedelta(days=1)
    assert selectors.read_tables().on("vat_general", yesterday).rate_bp == 600
    assert AuditEntry.objects.filter(verb="approve_tax_table", user=checker.user).count() == 1
    refused(409, services.refuse_table, checker.actor, table=table)
    refused(409, services.propose_table, maker.actor, fields=fields())  # of this day already


def test_table_that_is_wrong_changes_nothing(maker: Person, refused: Any) -> None:
    before = TaxTable.objects.count()
    last_month = clock.today().replace(day=1) - timedelta(days=1)
    for wrong in (
        {"body": {"rate_bp": 10_001}},
        {"body": {"days": 3}},
        {"starts_on": last_month},
        {"source": " "},
        {"kind": "other"},
    ):
        refused(422, services.propose_table, maker.actor, fields=fields(**wrong))
    assert TaxTable.objects.count() == before


def test_database_refuses_one_person_and_a_changed_figure(maker: Person) -> None:
    table = services.propose_table(maker.actor, fields=fields())
    with pytest.raises(IntegrityError), transaction.atomic():
        TaxTable.objects.filter(pk=table.pk).update(
            status="approved", decided_by=maker.user, decided_at=clock.now()
        )
    with pytest.raises(ProgrammingError), transaction.atomic():
        TaxTable.objects.filter(pk=table.pk).update(body={"rate_bp": 1})


@pytest.mark.parametrize(
    ("kind", "uscc", "found"),
    [
        ("merchant", "91330106MA2CFXL62A", PayeeKind.COMPANY),
        ("provider", "93330106MA2CFXL62A", PayeeKind.COMPANY),
        ("creator", "92330106MA2CFXL62A", PayeeKind.SOLE_TRADER),
        ("creator", "", PayeeKind.PERSON),
        ("agency", "52330106MA2CFXL62A", None),
    ],
)
def test_kind_of_a_payee_is_in_its_code(kind: str, uscc: str, found: PayeeKind | None) -> None:
    assert selectors.kind_by_code(Party(kind=kind, uscc=uscc)) is found


def test_profile_is_said_by_who_handles_the_money(
    merchant: Person, provider: Person, refused: Any
) -> None:
    assert merchant.party is not None
    today = clock.today()
    assert selectors.payee_of(merchant.party, today).is_said is False
    said = ProfileFields("general", today)
    refused(403, services.say_profile, provider.actor, party=merchant.party, fields=said)
    for wrong in (
        replace(said, taxpayer="none"),
        replace(said, kind="person"),
        replace(said, starts_on=date(2020, 1, 1)),
    ):
        refused(422, services.say_profile, merchant.actor, party=merchant.party, fields=wrong)
    services.say_profile(merchant.actor, party=merchant.party, fields=said)
    payee = selectors.payees_of([merchant.party], today)[merchant.party.pk]
    assert payee == (selectors.payee_of(merchant.party, today))
    assert (payee.taxpayer, payee.is_said) == (Taxpayer.GENERAL, True)
    assert selectors.payee_of(merchant.party, today - timedelta(days=1)).is_said is False
    assert TaxProfile.objects.count() == 1


def test_statement_of_a_company_shows_its_tax(provider: Person) -> None:
    assert provider.party is not None
    said = ProfileFields("general", clock.today().replace(day=1))
    services.say_profile(provider.actor, party=provider.party, fields=said)
    month = clock.today().replace(day=1)
    tax = selectors.statement_tax(provider.party, [1_060_000, -106_000], month=month)
    assert tax is not None
    assert [line.tax for line in tax.lines] == [60_000, -6_000]
    assert tax.total == (954_000, 600, 900_000, 54_000)
    assert tax.withheld is None


def test_statement_of_a_natural_person_shows_what_would_be_withheld(creator: Person) -> None:
    """What the books say it earned this year, by the cumulative method; free of VAT below the
    limit."""
    assert creator.party is not None
    assert creator.party.is_natural_person
    books = books_of(creator.party.pk)
    posting = sale(books)
    post(SYSTEM, posting=posting)
    month = date(2026, 3, 1)
    earned = selectors.incomes_of([creator.party.pk], date(2026, 1, 1), month)
    income = earned[creator.party.pk][month]
    assert income == sum(leg.amount for leg in posting.legs if leg.account_id == books.share)
    tax = selectors.statement_tax(creator.party, [3_000_000], month=month)
    assert tax is not None
    assert tax.total.tax == 0
    assert tax.withheld is not None
    assert tax.withheld.income == income
    assert len(selectors.withholding_of(creator.party, month)) == 3
