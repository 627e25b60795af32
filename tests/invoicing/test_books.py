"""Vouchers are even and the same as the books; ages are what the entries say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from portal.core.verdict import Refused
from portal.invoicing import selectors, services
from portal.invoicing.engine import buckets_of, layers
from portal.invoicing.models import AgedBalance, VoucherAccount, VoucherTemplate
from portal.ledger.fields import Leg, Posting, month_after
from portal.ledger.selectors import trial_balance
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from tests.conftest import Person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
S = Track.SETTLED


def earn(party: Party, amount: int, day: date = date(2026, 3, 14), **changes: Any) -> None:
    """Share of orders, or what is taken back of it, with the platform's fee of a tenth."""
    fee = amount // 10
    places = [
        Place(party.pk, Kind.SHARE, S),
        Place(None, Kind.FEES, S),
        Place(None, Kind.CLEARING, S),
    ]
    accounts = open_accounts(SYSTEM, places=places)
    amounts = [amount, fee, -amount - fee]
    said: dict[str, Any] = {
        "key": f"test/{party.pk}/{day}/{amount}/{changes}",
        "cause_type": "order_event",
        "cause_id": "1",
        "occurred_at": datetime(day.year, day.month, day.day, 4, tzinfo=UTC),
        "text": "order",
        "legs": [Leg(accounts[place], fen) for place, fen in zip(places, amounts, strict=True)],
    }
    post(SYSTEM, posting=Posting(**(said | changes)))


def template(code: str = "yonyou") -> VoucherTemplate:
    return VoucherTemplate.objects.prefetch_related("accounts").get(pk=code)


@pytest.fixture
def books(merchant: Person, provider: Person) -> list[Party]:
    assert merchant.party is not None
    assert provider.party is not None
    parties = [merchant.party, provider.party]
    earn(parties[0], 100_000)
    earn(parties[1], 5_000)
    earn(parties[1], -15_000, key="refund")
    earn(parties[0], 777, date(2026, 4, 2))
    earn(parties[0], 999, cause_type="true_up")
    return parties


def test_vouchers_of_a_month_are_its_trial_balance(books: list[Party]) -> None:
    found = selectors.vouchers_of(MARCH, template())
    assert [voucher.group for voucher in found.vouchers] == ["order_event", "true_up"]
    assert found.debit == found.credit > 0
    trial: dict[str, int] = {}
    for row in trial_balance(MARCH):
        if row.track is S:
            trial[row.kind] = trial.get(row.kind, 0) + row.change
    assert found.by_kind() == {kind: fen for kind, fen in trial.items() if fen}
    sums = selectors.sums_of(MARCH)
    assert sum(row.debit for row in sums) == sum(row.credit for row in sums)


@pytest.mark.parametrize("code", ["yonyou", "kingdee"])
def test_rows_are_in_the_columns_of_the_program(books: list[Party], code: str) -> None:
    asked = template(code)
    found = selectors.vouchers_of(MARCH, asked)
    heads = [heading for heading, _field in asked.columns]
    rows = [dict(zip(heads, row, strict=True)) for row in selectors.voucher_rows(found, maker="制")]
    debit, credit = ("借方金额", "贷方金额") if code == "yonyou" else ("借方", "贷方")
    assert sum(row[debit] for row in rows) == sum(row[credit] for row in rows)
    named = [row for row in rows if row["往来单位"]]
    assert {row["往来单位"] for row in named} == {party.legal_name for party in books}
    assert {row["摘要"] for row in rows} == {"2026年03月 订单结算分账", "2026年03月 期末补差"}
    owed = next(row for row in named if row["往来单位"] == books[1].legal_name)
    assert (owed[debit], owed[credit]) == (100, 0)  # the refund was larger: it owes ¥100


def test_account_that_nobody_named_keeps_the_file_back(books: list[Party]) -> None:
    VoucherAccount.objects.filter(template="yonyou", kind="fees").delete()
    found = selectors.vouchers_of(MARCH, template())
    assert found.missing == ["fees"]
    with pytest.raises(Refused) as refused:
        list(selectors.voucher_rows(found, maker=""))
    assert str(Kind.FEES.label) in str(refused.value.verdict.reason)


def test_command_writes_a_workbook(books: list[Party], tmp_path: Path) -> None:
    out = tmp_path / "vouchers.xlsx"
    call_command("vouchers", month="2026-03", template="kingdee", out=out, stdout=StringIO())
    sheet = load_workbook(BytesIO(out.read_bytes())).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("日期", "会计年度", "会计期间")
    assert {row[0] for row in rows[1:]} == {"2026-03-31"}
    for wrong in (
        {"month": "March", "template": "kingdee", "out": out},
        {"month": "2026-03", "template": "other", "out": out},
        {"month": "2026-03", "template": "kingdee", "out": tmp_path / "vouchers.txt"},
    ):
        with pytest.raises(CommandError):
            call_command("vouchers", **wrong)


def test_ages_are_those_of_the_engine(books: list[Party], provider: Person) -> None:
    """The statement of SQL and the plain function agree, month by month."""
    day = date(2026, 6, 30)
    for party, amount, on in (
        (books[0], -60_000, date(2026, 4, 3)),
        (books[0], 30_000, date(2026, 5, 3)),
        (books[1], 4_000, date(2026, 6, 3)),
        (books[0], 8_888, date(2026, 7, 1)),  # after the day
    ):
        earn(party, amount, on)
    assert services.count_ageing(SYSTEM, day=day) == 2
    moves = {
        books[0].pk: [(MARCH, 100_999), (date(2026, 4, 1), -59_223), (date(2026, 5, 1), 30_000)],
        books[1].pk: [(MARCH, -10_000), (date(2026, 6, 1), 4_000)],
    }
    for key, movements in moves.items():
        row = AgedBalance.objects.get(pk=key)
        left = layers(movements)
        ends = [(month_after(month), fen) for month, fen in left]
        ends = [(end.fromordinal(end.toordinal() - 1), fen) for end, fen in ends]
        assert row.amount_fen == sum(fen for _month, fen in movements)
        assert row.since == left[0][0]
        assert row.buckets == buckets_of(ends, day)
    assert services.count_ageing(SYSTEM, day=day) == 2  # again: the same rows
    with pytest.raises(Refused):
        services.count_ageing(provider.actor, day=day)


def test_pages_show_what_was_counted(
    books: list[Party], checker: Person, provider: Person, merchant: Person
) -> None:
    services.count_ageing(SYSTEM, day=date(2026, 6, 30))
    page = checker.browser().get("/books/vouchers/?month=2026-03&template=kingdee")
    assert "订单结算分账" in page.content.decode()
    assert "2241" in page.content.decode()
    empty = checker.browser().get("/books/vouchers/?month=2020-01")
    assert empty.status_code == 200
    register = checker.browser().get("/books/ageing/balances/?sign=owes")
    assert provider.party is not None
    assert merchant.party is not None
    assert provider.party.name in register.content.decode()
    assert merchant.party.name not in register.content.decode()
    own = provider.browser().get("/money/ageing/")
    assert "−" not in own.content.decode().split("</thead>")[0]
    told = provider.browser().get("/api/v1/ageing/").json()
    assert [row["total_fen"] for row in told["rows"]] == [0, 0, 0, 10_000]
    found = checker.browser().get("/api/v1/books/vouchers/?month=2026-03-10").json()
    assert (
        found["debit_fen"] == found["credit_fen"] == sum(row["debit_fen"] for row in found["rows"])
    )
