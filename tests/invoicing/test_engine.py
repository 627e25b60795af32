"""Tax, withholding, ageing and vouchers, by what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.invoicing import engine
from portal.invoicing.engine import Band, Method, Moved, Table, VatTable
from portal.invoicing.reference import TABLES
from portal.invoicing.states import TaxKind

FEN = st.integers(-(10**14), 10**14)
RATES = st.integers(0, 10_000)
LABOUR = {
    body["method"]: engine.read_table(body)
    for kind, _day, body, _source in TABLES
    if kind is TaxKind.LABOUR
}
CUMULATIVE, SINGLE = LABOUR["cumulative"], LABOUR["single"]
assert isinstance(CUMULATIVE, Table)
assert isinstance(SINGLE, Table)
DAY = date(2026, 6, 30)


def test_tax_line_worked_example() -> None:
    assert engine.tax_line(2_000_000, 600) == (2_000_000, 600, 1_886_792, 113_208)
    assert engine.tax_line(-2_000_000, 600) == (-2_000_000, 600, -1_886_792, -113_208)
    assert engine.tax_line(1, 600) == (1, 600, 1, 0)


@given(FEN, RATES)
def test_tax_line_adds_up_and_mirrors(amount: int, rate: int) -> None:
    line = engine.tax_line(amount, rate)
    assert line.exclusive + line.tax == amount
    assert abs(line.exclusive * (10_000 + rate) - amount * 10_000) * 2 <= 10_000 + rate
    assert engine.tax_line(-amount, rate) == (-amount, rate, -line.exclusive, -line.tax)


@given(st.lists(FEN, max_size=9), RATES)
def test_total_is_the_sum_of_its_lines(amounts: list[int], rate: int) -> None:
    total = engine.total_of(engine.tax_lines(amounts, rate), rate)
    assert total.inclusive == sum(amounts) == total.exclusive + total.tax


def test_small_payee_is_free_up_to_its_limit() -> None:
    table = VatTable(100, 10_000_000)
    assert (table.rate_of(10_000_000), table.rate_of(10_000_001)) == (0, 100)
    assert VatTable(600).rate_of(1) == 600


def test_cumulative_method_worked_example() -> None:
    """¥30,000 a month: 24,000 − 5,000 = 19,000 of base each month; 3% up to 36,000, then 10%."""
    found = engine.withhold([(3_000_000, CUMULATIVE)] * 3)
    assert [month.base for month in found] == [1_900_000, 3_800_000, 5_700_000]
    assert [month.tax for month in found] == [57_000, 71_000, 190_000]  # ¥570, ¥710, ¥1,900


def test_single_method_worked_examples() -> None:
    """¥3,000: less 800, at 20%. ¥30,000: 24,000, 20% of 20,000 and 30% of 4,000."""
    found = engine.withhold([(300_000, SINGLE), (3_000_000, SINGLE), (0, SINGLE), (-5, SINGLE)])
    assert [month.tax for month in found] == [44_000, 520_000, 0, 0]


def test_months_before_the_first_income_are_not_counted() -> None:
    quiet = engine.withhold([(0, CUMULATIVE), (0, CUMULATIVE), (3_000_000, CUMULATIVE)])
    assert quiet[-1].tax == engine.withhold([(3_000_000, CUMULATIVE)])[0].tax


@given(st.lists(st.integers(-(10**9), 10**9), max_size=12))
def test_withheld_is_what_the_highest_month_asks_for(incomes: list[int]) -> None:
    """Never negative; together it is never more than of the highest base, nor less than of the
    last one. A refund is not given back by the month, but counts against the next ones."""
    found = engine.withhold([(income, CUMULATIVE) for income in incomes])
    assert all(month.tax >= 0 for month in found)
    asked = [engine.withholding.tax_of(month.base, CUMULATIVE.bands) for month in found]
    assert sum(month.tax for month in found) == max(asked, default=0)


@given(st.integers(0, 10**11))
def test_bands_are_the_published_quick_deductions(base: int) -> None:
    """Each band at its own rate is the same as the whole less the announced deduction."""
    quick = [(300, 0), (1000, 252_000), (2000, 1_692_000), (2500, 3_192_000)]
    quick += [(3000, 5_292_000), (3500, 8_592_000), (4500, 18_192_000)]
    limits = [band.upto_fen for band in CUMULATIVE.bands]
    at = next(n for n, upto in enumerate(limits) if upto is None or base <= upto)
    rate, less = quick[at]
    whole = base * rate - less * 10_000
    assert engine.withholding.tax_of(base, CUMULATIVE.bands) == (whole + 5_000) // 10_000


@given(st.lists(st.tuples(st.dates(date(2025, 1, 1), DAY), FEN), max_size=20))
def test_layers_are_what_a_queue_would_leave(moves: list[tuple[date, int]]) -> None:
    left = engine.layers(moves)
    assert sum(amount for _on, amount in left) == sum(amount for _on, amount in moves)
    assert len({amount > 0 for _on, amount in left}) <= 1
    assert sum(engine.buckets_of(left, DAY)) == sum(amount for _on, amount in left)
    queue: list[tuple[date, int]] = []  # the slow way: whoever is owed longest is paid first
    for on, amount in sorted(moves, key=lambda move: (move[0], -move[1])):
        rest = amount
        while queue and rest and (queue[0][1] > 0) != (rest > 0):
            first, open_fen = queue.pop(0)
            rest, open_fen = (
                (0, open_fen + rest)
                if abs(open_fen) > abs(rest)
                else (
                    rest + open_fen,
                    0,
                )
            )
            if open_fen:
                queue.insert(0, (first, open_fen))
        if rest:
            queue.append((on, rest))
    by_day: dict[date, int] = {}
    for on, amount in queue:
        by_day[on] = by_day.get(on, 0) + amount
    ours: dict[date, int] = {}
    for on, amount in left:
        ours[on] = ours.get(on, 0) + amount
    if len({on for on, _amount in moves}) == len(moves):
        assert ours == by_day


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (90, 3), (91, 4), (180, 4), (181, 5)],
)
def test_bucket_of_days(days: int, bucket: int) -> None:
    assert engine.bucket_of(days) == bucket
    assert engine.buckets_of([(DAY - timedelta(days=days), 7)], DAY)[bucket] == 7


@st.composite
def moved(draw: st.DrawFn) -> list[Moved]:
    """Groups that are even: parties, and the platform against them."""
    rows = []
    for group in draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3)):
        amounts = draw(st.lists(FEN, max_size=12))
        rows += [Moved(group, "share", number, fen) for number, fen in enumerate(amounts, 1)]
        fees = draw(FEN)
        rows.append(Moved(group, "fees", None, fees))
        rows.append(Moved(group, "clearing", None, -fees - sum(amounts)))
    return rows


@given(moved(), st.integers(1, 6))
def test_vouchers_are_even_and_lose_nothing(rows: list[Moved], most: int) -> None:
    vouchers = engine.vouchers_of(rows, most)
    assert [voucher.number for voucher in vouchers] == list(range(1, len(vouchers) + 1))
    sums: dict[tuple[str, str, int | None], int] = {}
    for voucher in vouchers:
        assert voucher.debit == voucher.credit > 0
        assert sum(line.party is not None for line in voucher.lines) <= max(most, 1)
        for line in voucher.lines:
            assert (line.debit == 0) != (line.credit == 0)
            key = (voucher.group, line.kind, line.party)
            sums[key] = sums.get(key, 0) + line.credit - line.debit
    wanted = {(row.group, row.kind, row.party): row.amount for row in rows if row.amount}
    assert {key: fen for key, fen in sums.items() if fen} == wanted


def test_vouchers_of_a_group_that_is_not_even_are_refused() -> None:
    with pytest.raises(engine.Unbalanced):
        engine.vouchers_of([Moved("a", "share", 1, 5)])


@pytest.mark.parametrize("table", [body for _kind, _day, body, _source in TABLES])
def test_tables_that_the_site_comes_with_can_be_read(table: dict[str, object]) -> None:
    engine.read_table(table)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"rate_bp": 10_001},
        {"rate_bp": True},
        {"rate_bp": 1, "more": 1},
        {"days": -1},
        {"method": "other"},
        {"method": "cumulative", "cost_bp": 1, "monthly_fen": 1, "bands": []},
        {
            "method": "cumulative",
            "cost_bp": 1,
            "monthly_fen": 1,
            "bands": [{"upto_fen": 5, "rate_bp": 1}],
        },
        {
            "method": "single",
            "cost_bp": 1,
            "flat_upto_fen": 1,
            "flat_fen": 1,
            "bands": [
                {"upto_fen": 5, "rate_bp": 1},
                {"upto_fen": 5, "rate_bp": 2},
                {"upto_fen": None, "rate_bp": 3},
            ],
        },
    ],
)
def test_table_that_is_none_is_refused(body: object) -> None:
    with pytest.raises(engine.Faulty):
        engine.read_table(body)


def test_bands_of_one_rate() -> None:
    table = Table(Method.CUMULATIVE, 0, (Band(None, 1_000),))
    assert engine.withhold([(100, table)])[0].tax == 10


# --- statements' invoices taken back ------------------------------------------------------------


def walked(months):
    """Months one after the other: each invoiced as it comes, each red letter issued as it is asked
    for. What was invoiced and what was taken back, by statement."""
    told, invoiced, red, carried = [], {}, {}, 0
    for key, moved in enumerate(months):
        total = carried + moved
        released = max(total, 0)
        before = engine.taking_back([*told, engine.Told(key, carried, total, released, None)])
        amount = released + before.again.get(key, 0)
        invoiced[key] = amount
        told.append(engine.Told(key, carried, total, released, amount or None))
        found = engine.taking_back(told)
        for of, fen in found.red.items():
            assert red.get(of, 0) <= fen <= invoiced[of], "it only grows, and never beyond"
            red[of] = fen
        carried = min(total, 0)
    return invoiced, red


@given(st.lists(st.integers(-500, 500), max_size=12))
def test_invoices_less_red_letters_are_what_was_earned(months):
    invoiced, red = walked(months)
    net, sums = sum(invoiced.values()) - sum(red.values()), list(accumulate(months))
    assert net >= 0
    if all(one >= 0 for one in sums):  # never owed more than was ever invoiced
        assert net == sum(months)


def test_newest_invoice_is_taken_back_first_and_what_sets_off_is_invoiced():
    assert walked([100, 50, -70, 30, 60]) == (
        {0: 100, 1: 50, 2: 0, 3: 30, 4: 60},
        {0: 20, 1: 50},
    )
    # An invoice over the release alone stood before: nothing is taken back for it.
    told = [
        engine.Told(1, 0, 100, 100, 100),
        engine.Told(2, 0, -30, 0, None),
        engine.Told(3, -30, 20, 20, 20),
    ]
    assert engine.taking_back(told).red == {1: 0}
