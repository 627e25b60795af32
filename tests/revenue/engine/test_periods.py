"""Ladders, guarantees and the correction of closed months, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from .orders import BANDS, agreement, component, entries, paid, refunded, settled

LADDER = {"mode": "marginal", "bands": BANDS}
WHOLE = {"mode": "whole_band", "bands": BANDS}
FIRST = {"effective_from": "2025-01-01"}


def period(**keys: Any) -> dict[str, Any]:
    return {"code": "bonus", "party": "provider", "of": "net_gmv"} | keys


def rows(part: dict[str, Any], *events, until: str = "", **changes: Any) -> list[tuple]:
    """(month of posting, corrected month, party, amount) of the period rows."""
    of = agreement(component("provider_fee", 400), period_components=[part], **changes)
    found = entries(of, *events, until=until)
    return [
        (row.order, row.line, row.party, row.amount_fen) for row in found if row.event == "period"
    ]


def owed(part: dict[str, Any], net: int, **changes: Any) -> int:
    """What January brings the provider."""
    found = rows(part, paid(net, "01-31"), settled(net, "01-31"), **(FIRST | changes))
    return sum(amount for _, _, party, amount in found if party == "provider")


@pytest.mark.parametrize(
    ("net", "marginal", "whole"),
    [
        (100_000, 3_000, 3_000),
        (50_000_000, 1_500_000, 1_500_000),  # a limit is inclusive
        (50_000_001, 1_500_000, 2_000_000),  # a fen at 4% is 0.04 fen
        (50_000_013, 1_500_001, 2_000_001),  # 0.52 fen go up
        (60_000_000, 1_900_000, 2_400_000),
    ],
)
def test_ladders(net, marginal, whole):
    assert owed(period(ladder=LADDER), net) == marginal
    assert owed(period(ladder=WHOLE), net) == whole


def test_one_rounding_a_month():
    thin = {"mode": "marginal", "bands": [{"up_to_fen": 1, "rate_bp": 4000}, *BANDS[1:]]}

    assert owed(period(ladder=thin), 4) == 1  # 0.4 + 0.12 = 0.52; each alone would be 0
    plus = period(rate_bp=100, guarantee={"fen": 3, "mode": "plus"})
    # 0.3 + 3 × 10/31 = 1.27; alone they would be 0 and 1.
    assert owed(plus, 30, effective_from="2026-01-22") == 1


@pytest.mark.parametrize(
    ("mode", "net", "amount"),
    [
        ("max", 100_000, 2_000_000),
        ("max", 70_000_000, 2_300_000),
        ("plus", 100_000, 2_003_000),
    ],
)
def test_guarantee(mode, net, amount):
    part = period(ladder=LADDER, guarantee={"fen": 2_000_000, "mode": mode})

    assert owed(part, net) == amount


def test_guarantee_and_ladder_over_a_month_boundary():
    """A guarantee counts the days of a part month, bands do not."""
    part = period(ladder=LADDER, guarantee={"fen": 3_100_000, "mode": "max"})
    events = [
        *[paid(60_000_000, "01-20"), settled(60_000_000, "2026-01-31T23:59:59")],
        *[paid(100, "01-30", line="2"), settled(100, "2026-02-01T00:00:00", line="2")],
    ]
    changes = {"effective_from": "2026-01-12", "effective_to": "2026-02-11"}

    assert rows(part, *events, **changes) == [
        ("2026-01", "", "provider", 2_000_000),  # 20 of 31 days: above the ladder's 1,900,000
        ("2026-01", "", "merchant", -2_000_000),
        ("2026-02", "", "provider", 1_107_143),  # 10 of 28 days: 1,107,142.86
        ("2026-02", "", "merchant", -1_107_143),
    ]


def test_correction_of_a_closed_month():
    """The closed month stays; what it differs by is posted in the month of the refund."""
    part = period(ladder=LADDER)
    events = [
        *[paid(60_000_000), settled(60_000_000), refunded(5_000_000, "01-25")],
        *[refunded(10_000_000, "03-02"), refunded(5_000_000, "03-30"), refunded(100, "05-01")],
    ]

    assert rows(part, *events) == [
        ("2026-01", "", "provider", 1_700_000),  # 500,000 yuan at 3%, 50,000 at 4%
        ("2026-01", "", "merchant", -1_700_000),
        ("2026-03", "2026-01", "provider", -500_000),  # of 400,000 yuan 3% are 1,200,000
        ("2026-03", "2026-01", "merchant", 500_000),
        ("2026-05", "2026-01", "provider", -3),
        ("2026-05", "2026-01", "merchant", 3),
    ]


def test_a_refund_belongs_to_the_month_its_phase_settled_in():
    events = [paid(2000), settled(1000, "01-31"), settled(1000, "02-10", 2)]
    later = [refunded(1500, "02-20")]

    assert rows(period(rate_bp=1000), *events, *later) == [
        ("2026-01", "", "provider", 100),
        ("2026-01", "", "merchant", -100),
        ("2026-02", "", "provider", 50),  # phase 2 less 500 of it
        ("2026-02", "", "merchant", -50),
        ("2026-02", "2026-01", "provider", -100),  # all of phase 1
        ("2026-02", "2026-01", "merchant", 100),
    ]


def test_a_released_estimate_is_no_turnover():
    events = [paid(2000), settled(1000), refunded(1000, "02-20")]

    assert rows(period(rate_bp=1000), *events) == [
        ("2026-01", "", "provider", 100),
        ("2026-01", "", "merchant", -100),
    ]


def test_gaps_are_filled_to_the_last_settled_month():
    part = period(rate_bp=0, guarantee={"fen": 500, "mode": "plus"}, payer="agency")
    other = [paid(100, "03-01", line="2"), settled(100, "03-31", line="2")]
    found = rows(part, paid(100), settled(100), *other)

    assert [row[0] for row in found if row[2] == "provider"] == ["2026-01", "2026-02", "2026-03"]
    assert {row[2] for row in found} == {"provider", "agency"}


def test_until_moves_the_last_month():
    part = period(rate_bp=1000, guarantee={"fen": 500, "mode": "max"})
    events = [paid(9000), settled(9000), refunded(9000, "03-02")]
    months = [
        [
            (posted, of)
            for posted, of, party, _ in rows(part, *events, until=until)
            if party == "provider"
        ]
        for until in ("2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "")
    ]

    own = [("2026-01", ""), ("2026-02", ""), ("2026-03", ""), ("2026-04", "")]
    correction = ("2026-03", "2026-01")
    assert months == [
        [],
        own[:1],
        own[:2],
        [*own[:3], correction],
        [*own[:3], correction, own[3]],
        [own[0], correction],  # a difference is never lost
    ]


def test_less_is_a_true_up():
    """January's entries of the component are deducted, and follow its refunds."""
    part = period(ladder=LADDER, guarantee={"fen": 2_000, "mode": "max"}, less=["provider_fee"])
    few = rows(part, paid(10_000), settled(10_000), refunded(5_000, "02-03"))
    assert few == [
        ("2026-01", "", "provider", 1_600),  # 2,000 less 4% of 10,000
        ("2026-01", "", "merchant", -1_600),
        ("2026-02", "2026-01", "provider", 200),  # half of the fee was reversed
        ("2026-02", "2026-01", "merchant", -200),
    ]
    # 3% of a million less 4% of it: more was deducted than is owed, and the provider gives back.
    assert owed(part, 1_000_000) == -10_000


def test_a_fixed_sum_is_owed_for_months_of_the_agreement():
    part = period(fixed_fen=700)
    changes = {"effective_to": "2026-02-02"}
    found = rows(part, paid(100), settled(100), until="2026-04", **changes)

    assert [row[:2] + row[3:] for row in found if row[2] == "provider"] == [
        ("2026-01", "", 700),
        ("2026-02", "", 700),  # for a day: only a guarantee goes by days
    ]


def test_months_are_those_of_shanghai():
    late = [paid(100), settled(100, "2026-01-31T16:00:00+00:00")]

    assert {row[0] for row in rows(period(rate_bp=1000), *late)} == {"2026-02"}


def test_nothing_settled_owes_nothing():
    part = period(rate_bp=1000, guarantee={"fen": 500, "mode": "max"})

    assert rows(part, paid(100), until="2026-05") == []
