"""The books taken out: programs that are not ours accept them and find the same balances."""

import re
import subprocess
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from portal.core import clock
from portal.ledger import selectors
from portal.ledger.engine import account_name
from portal.ledger.models import Account, Journal
from portal.ledger.services import close_period, post, post_many, reverse
from tests import factories
from tests.factories import SYSTEM
from tests.ledger.books import NOON, books_of, posting_of, sale
from tests.ledger.checkers import BEAN_CHECK, run, written

pytestmark = pytest.mark.django_db
NAMES = ("谷雨粒食品", 'A·B "店": 二;部', "1 號店 (a|b)", "😀")
LINE = re.compile(r"^ {2,4}(\w+:\S+) +(-?\d+\.\d\d) (CNY|CNYEST)(?:  ;.*)?$")


@pytest.fixture
def odd_books(merchant):
    """Parties of difficult names, journals of difficult texts, a late one, and a reversal."""
    for name in NAMES:
        type(merchant.party).objects.filter(pk=merchant.party.pk).update(name=name)
        party = factories.draft_party("creator", "账本", has_papers=False)
        type(party).objects.filter(pk=party.pk).update(name=name)
        books = books_of(party.pk)
        texts = ('订单 "1"; a|b, c\\', "(x) * =2026", "")
        post_many(SYSTEM, postings=[sale(books, 100_001 + n, text=t) for n, t in enumerate(texts)])
        legs = ((books.expected, 10**17), (books.expected_clearing, -(10**17)))
        post(SYSTEM, posting=posting_of(*legs, key=f'odd "key", ; {name}'))
    journal = Journal.objects.order_by("id").first()
    reverse(SYSTEM, journal=journal, key="undo", text="更正", occurred_at=NOON)
    with clock.standing_at(datetime(2026, 5, 5, tzinfo=UTC)):
        close_period(SYSTEM, month=date(2026, 3, 1))
        post(SYSTEM, posting=sale(books, 777))
    return books


def by_an_independent_reader(path: Path) -> dict[str, Decimal]:
    """Each account's postings added up; the assertions at the end are left alone."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in path.read_text(encoding="utf-8").splitlines():
        if (found := LINE.match(line)) is not None:
            sums[found[1]] += Decimal(found[2])
    return sums


def by_the_selectors() -> dict[str, Decimal]:
    names = dict(Account.objects.values_list("pk", "party__name"))
    return {
        account_name(
            one.kind, one.track, one.party_id and (one.party_id, names[one.account_id])
        ): Decimal(-one.amount) / 100
        for one in selectors.balances()
        if one.amount
    }


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_independent_reader_finds_the_same_balances(odd_books, tmp_path, form):
    found = by_an_independent_reader(written(tmp_path, form))
    assert {name: amount for name, amount in found.items() if amount} == by_the_selectors()
    assert len(by_the_selectors()) > 8


def test_hledger_accepts_the_books_and_finds_the_same_balances(odd_books, tmp_path):
    path = written(tmp_path, "hledger")
    run("hledger", "-f", path, "check", "--strict")
    told = run("hledger", "-f", path, "balance", "--flat", "--no-total", "-O", "csv")
    rows = [line.strip('"').split('","') for line in told.splitlines()[1:]]
    found = {name: Decimal(amount.split()[0]) for name, amount in rows}
    assert found == by_the_selectors()


def test_beancount_accepts_the_books_and_finds_the_same_balances(odd_books, tmp_path):
    from beancount.loader import load_file

    path = written(tmp_path, "beancount")
    run(*BEAN_CHECK, path)
    entries, errors, _options = load_file(str(path))
    assert errors == []
    found: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        for leg in getattr(entry, "postings", ()):
            found[leg.account] += leg.units.number
    assert {name: amount for name, amount in found.items() if amount} == by_the_selectors()


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_late_journal_counts_in_its_month_and_says_when_it_happened(odd_books, tmp_path, form):
    text = written(tmp_path, form).read_text(encoding="utf-8")
    (late,) = [part for part in text.split("\n\n") if " 7.77 " in part or "-7.77 " in part]
    assert late.startswith("2026-04-01 *")
    assert "occurred: 2026-03-14" in late
    assert "posted: 2026-05-05" in late


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_changed_amount_is_found_by_the_checker(odd_books, tmp_path, form):
    """The assertions at the end bite: a file in which both legs of a journal were changed."""
    path = written(tmp_path, form)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(" 7.77 ", " 8.77 ").replace(" -7.39 ", " -8.39 "), "utf-8")
    command = ["hledger", "-f", path, "check"] if form == "hledger" else [*BEAN_CHECK, path]
    assert subprocess.run(command, capture_output=True).returncode != 0


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_empty_books_are_a_file_too(db, tmp_path, form):
    assert by_an_independent_reader(written(tmp_path, form)) == {}
