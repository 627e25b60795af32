"""What is due by date, and what comes back where a target was missed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.revenue.engine import AgreementFaults, dues, parse_agreement, refund_of

from .orders import component, document

START = {"when": "start", "days": 3}
FIRST = date(2026, 1, 15)


def bill(**keys: Any) -> dict[str, Any]:
    base = {"code": "b", "kind": "retainer", "party": "provider", "amount_fen": 100, "due": START}
    return base | keys


def parsed(**keys: Any):
    return parse_agreement(document(invoice_components=[bill(**keys)])).invoice_components[0]


def ladder(*bands: tuple[int, int], target: int = 1000) -> dict[str, Any]:
    read = [{"from_bp": reached, "refund_bp": back} for reached, back in bands]
    return {"of": "net_gmv", "target_fen": target, "days": 30, "bands": read}


def faults(**keys: Any) -> list[str]:
    with pytest.raises(AgreementFaults) as error:
        parsed(**keys)
    return [
        f"{one.path.removeprefix('$.invoice_components[0]')} {one.code}"
        for one in error.value.faults
    ]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"amount_fen": 0}, [".amount_fen too_small"]),
        ({"kind": "gift"}, [".kind choice"]),
        ({"due": None}, [".due required"]),
        ({"due": {"when": "never"}}, [".due.when choice"]),
        ({"due": {"when": "month", "days": 29}}, [".due.days too_large"]),
        ({"due": {"when": "day"}}, [".due.on required"]),
        ({"due": {"when": "start", "days": 1, "on": "2026-01-01"}}, [".due.on not_here"]),
        ({"payer": "provider"}, [".payer same_party"]),
        ({"refund": ladder((1, 5))}, [".refund.bands crossing"]),
        ({"refund": ladder((0, 5), (0, 1))}, [".refund.bands crossing"]),
        ({"refund": ladder()}, [".refund.bands type"]),
        ({"refund": ladder((0, 10_001))}, [".refund.bands[0].refund_bp too_large"]),
    ],
)
def test_bills_that_cannot_be(keys, expected):
    assert faults(**keys) == expected


def test_code_is_one_among_all_parts():
    with pytest.raises(AgreementFaults):
        parse_agreement(document(component("b", 1), invoice_components=[bill()]))


def on(found) -> list[tuple[str, str]]:
    return [(due.key, due.on.isoformat()) for due in found]


def test_due_once_after_the_start():
    one = parsed()
    assert on(dues(one, FIRST, None, date(2026, 1, 17))) == []
    assert on(dues(one, FIRST, None, date(2026, 1, 18))) == [("", "2026-01-18")]
    assert on(dues(one, FIRST, FIRST, date(2026, 1, 18))) == []  # replaced before it began


def test_due_on_a_day_and_on_call():
    one = parsed(due={"when": "day", "on": "2026-05-01"})
    assert on(dues(one, FIRST, None, date(2026, 5, 1))) == [("", "2026-05-01")]
    called = parsed(due={"when": "call", "days": 5})
    assert on(dues(called, FIRST, None, date(2030, 1, 1))) == []


def test_due_every_month_it_holds():
    one = parsed(due={"when": "month", "days": 10})
    found = on(dues(one, FIRST, date(2026, 4, 10), date(2026, 12, 31)))
    assert found == [("2026-02", "2026-02-10"), ("2026-03", "2026-03-10")]


@given(
    day=st.integers(1, 28),
    lasts=st.integers(1, 900),
    cut=st.integers(0, 900),
)
def test_months_of_two_versions_are_those_of_one(day, lasts, cut):
    """A later version that carries a retainer on neither adds nor loses a month."""
    one = parsed(due={"when": "month", "days": day})
    ends = FIRST + timedelta(days=lasts)
    middle = min(FIRST + timedelta(days=cut), ends)
    whole = list(dues(one, FIRST, ends, ends))
    parts = [*dues(one, FIRST, middle, ends), *dues(one, middle, ends, ends)]
    assert parts == whole
    assert all(due.on.day == day for due in whole)
    assert all(before.key < after.key for before, after in pairwise(whole))


@pytest.mark.parametrize(
    ("reached", "back"),
    [(0, 101), (499, 101), (500, 51), (999, 51), (1000, 0), (5000, 0), (-5, 101)],
)
def test_refund_by_the_band_reached(reached, back):
    found = parsed(refund=ladder((0, 10_000), (5000, 5000), (10_000, 0))).refund
    assert refund_of(101, found, reached) == back  # half of 101 fen is rounded up


@given(amount=st.integers(1, 10**13), reached=st.integers(-(10**15), 10**15))
def test_refund_is_never_more_than_was_paid(amount, reached):
    found = parsed(refund=ladder((0, 10_000), (3333, 6667), (10_000, 0))).refund
    assert 0 <= refund_of(amount, found, reached) <= amount
