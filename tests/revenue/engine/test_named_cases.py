"""The cases of money that must be right, by their names."""

from __future__ import annotations

import pytest

from portal.revenue.engine import EventFaults, apportion, post_events, split

from .orders import agreement, component, entries, paid, refunded, settled, step, sums

FEE = component("platform", 500)
COMMISSION = component(
    "commission",
    2000,
    divide={"agency": 30, "creator": 70},
    components=[component("tech", 1000, party="platform")],
)
THREE = component("thirds", 10_000, divide={"a": 1, "b": 1, "c": 1})


def refusal(*events, of=None) -> list[str]:
    with pytest.raises(EventFaults) as error:
        post_events(of or agreement(FEE), events)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize(
    ("gross", "fee"),
    [(9, 0), (10, 1), (29, 1), (30, 2), (50, 3)],
    ids=["0.45 down", "0.5 up", "1.45 down", "1.5 up", "2.5 up"],
)
def test_rounding_half_up(gross, fee):
    assert split(agreement(FEE), gross) == [fee, gross - fee]


def test_ties_go_to_who_is_written_first():
    assert apportion(1, [1, 1]) == [1, 0]
    assert apportion(5, [2, 1, 1]) == [3, 1, 1]  # 2.5, 1.25, 1.25
    assert apportion(3, [1, 1, 2, 2]) == [1, 0, 1, 1]  # 0.5, 0.5, 1, 1


def test_100_fen_over_three():
    assert split(agreement(THREE), 100) == [34, 33, 33, 0]


def test_a_1_fen_order():
    assert split(agreement(FEE, COMMISSION), 1) == [0, 0, 0, 0, 1]
    assert split(agreement(THREE), 1) == [1, 0, 0, 0]


def test_zero_rates():
    rows = entries(agreement(component("platform", 0)), paid(100), settled(100))

    assert sums(rows, "party", "track") == {("merchant", "settled"): 100}
    assert {row.component for row in rows} == {"residual"}  # zeros are not written


def test_100_percent_rates():
    assert split(agreement(component("all", 10_000)), 12_345) == [12_345, 0]


def test_rates_that_round_up_never_take_more_than_is_left():
    halves = agreement(component("a", 5000), component("b", 5000))

    assert split(halves, 1) == [1, 0, 0]
    assert split(halves, 3) == [2, 1, 0]


def test_stacked_bases():
    # 20% of 19,900 is 3,980; a tenth of it is 398; 3,582 are divided 1,074.6 and 2,507.4.
    assert split(agreement(FEE, COMMISSION), 19_900) == [995, 1075, 2507, 398, 14_925]


def test_estimated_and_settled_never_mix():
    rows = entries(agreement(FEE), paid(1000), settled(400))

    assert sums(rows, "track", "party") == {
        ("estimated", "platform"): 30,
        ("estimated", "merchant"): 570,
        ("settled", "platform"): 20,
        ("settled", "merchant"): 380,
    }


def test_several_phases_round_as_one():
    rows = entries(
        agreement(FEE), paid(30), settled(10), settled(10, "01-21", 2), settled(10, "01-22", 3)
    )

    # 5% of 10, 20, 30 so far: 0.5 → 1, 1, 1.5 → 2.
    assert [step(rows, "settled", phase).get("platform", 0) for phase in (1, 2, 3)] == [1, 0, 1]


def test_a_fixed_fee_counts_once_a_line():
    of = agreement(component("pick", fixed_fen=300), component("capped", 5000, cap_fen=100))
    rows = entries(of, paid(1000), settled(200), settled(800, "02-20", 2))

    assert step(rows, "settled", 1) == {"pick": 200}
    assert step(rows, "settled", 2) == {"pick": 100, "capped": 100, "merchant": 600}


def test_a_late_phase_of_its_own_month():
    late = [paid(100), settled(60), settled(40, "2026-09-01T00:00:00", 2)]

    assert step(entries(agreement(FEE), *late), "settled") == {"platform": 5, "merchant": 95}


def test_a_duplicate_phase_is_one_event():
    once = entries(agreement(FEE), paid(100), settled(60))

    for again in (settled(60), settled(60, "01-25"), settled(60, event_id="other")):
        assert entries(agreement(FEE), paid(100), settled(60), again) == once


def test_a_duplicate_phase_with_another_amount_is_refused():
    assert refusal(paid(100), settled(60, row=3), settled(40, "01-25", row=4)) == [
        "gross_fen: phase 1 settled 60 already; it cannot be 40"
    ]


def test_phases_out_of_order_are_taken_by_time():
    of = agreement(FEE)
    events = [settled(90, "01-25", 1), refunded(10, "02-01"), settled(10, "01-20", 2), paid(100)]
    rows = entries(of, *events)

    assert [(row.phase, row.amount_fen) for row in rows if row.track == "settled"] == [
        (2, 1),
        (2, 9),
        (1, 4),
        (1, 86),
        (2, -1),
        (2, -9),
    ]


def test_refund_before_settlement_releases_the_estimate():
    rows = entries(agreement(FEE), paid(1000), refunded(400, "01-06"), settled(600))

    assert sums([row for row in rows if row.event == "refunded"], "track", "party") == {
        ("estimated", "platform"): -20,
        ("estimated", "merchant"): -380,
    }
    assert sums(rows, "track", "party") == {
        ("settled", "platform"): 30,
        ("settled", "merchant"): 570,
    }


def test_refund_after_settlement_reverses_phases_earliest_first():
    of = agreement(component("pick", fixed_fen=300))
    rows = entries(of, paid(1000), settled(400), settled(600, "01-21", 2), refunded(500, "02-01"))

    # Phase 1 is 300 and 100; phase 2 is the merchant's.
    assert step(rows, "refunded", 1) == {"pick": -300, "merchant": -100}
    assert step(rows, "refunded", 2) == {"merchant": -100}


def test_refund_takes_what_is_not_settled_first():
    rows = entries(agreement(FEE), paid(1000), settled(400), refunded(700, "02-01"))

    assert sums([row for row in rows if row.event == "refunded"], "track") == {
        "estimated": -600,
        "settled": -100,
    }


def test_a_later_refund_may_return_one_fen():
    """1, 3 and 5 of 9: of 4 they give back 1, 1, 2, but of 5 they give back 0, 2, 3."""
    of = agreement(component("a", fixed_fen=1), component("b", fixed_fen=3))
    rows = entries(of, paid(9), settled(9), refunded(4, "02-01"), refunded(1, "02-02"))

    moved = [(row.party, row.amount_fen) for row in rows if row.event == "refunded"]
    assert moved == [
        *[("a", -1), ("b", -1), ("merchant", -2)],
        *[("a", 1), ("b", -1), ("merchant", -1)],
    ]
    assert sums(rows, "party") == {"a": 1, "b": 1, "merchant": 2}


def test_a_later_phase_may_return_one_fen():
    of = agreement(component("all", 10_000, divide={"a": 1, "b": 3, "c": 5}))
    rows = entries(of, paid(9), settled(4), settled(1, "01-21", 2))

    assert step(rows, "settled", 2) == {"a": -1, "b": 1, "c": 1}


def test_fen_by_fen_refunds_end_at_zero():
    of = agreement(FEE, COMMISSION)
    fens = [refunded(1, f"2026-02-01T00:{at // 60:02d}:{at % 60:02d}") for at in range(199)]
    rows = entries(of, paid(199), settled(120), *fens)

    assert sums(rows, "component", "party", "track") == {}


def test_refund_larger_than_the_rest_is_refused():
    assert refusal(paid(100), settled(60), refunded(90, "02-01"), refunded(11, "02-02")) == [
        "gross_fen: a refund of 11 is more than the 10 left of this line"
    ]


def test_settled_above_the_estimate_left_is_refused():
    assert refusal(paid(100), refunded(50, "01-06"), settled(51)) == [
        "gross_fen: settled 51 is above the 50 of the estimate left"
    ]


def test_a_line_that_is_not_paid_is_refused():
    reason = "event: this line is not paid at that time; its paid row must be there and earlier"

    assert refusal(settled(1)) == [reason]
    assert refusal(refunded(1, "01-01"), paid(1)) == [reason]


def test_a_line_is_paid_once():
    assert refusal(paid(100), paid(100, "01-06")) == [
        "event: this line is paid already; a line is paid once"
    ]


def test_one_id_is_one_event():
    of = agreement(FEE)
    twice = [paid(100), settled(100), refunded(10, "02-01", event_id="r1")]

    assert entries(of, *twice, twice[2]) == entries(of, *twice)
    both = entries(of, *twice, refunded(10, "02-01", event_id="r2"))
    assert sums(both, "track") == {"settled": 80}
    assert refusal(*twice, refunded(20, "02-01", event_id="r1", row=9)) == [
        "event_id: 'r1' is another event on line 0; one id is one event"
    ]


def test_without_an_id_equal_rows_are_one_event():
    of = agreement(FEE)
    once = [paid(100), settled(100), refunded(10, "02-01")]

    assert entries(of, *once, *once) == entries(of, *once)
    assert sums(entries(of, *once, refunded(10, "02-02")), "track") == {"settled": 80}


@pytest.mark.parametrize(
    ("at", "is_in"),
    [
        ("2025-12-31T23:59:59", False),
        ("2026-01-01T00:00:00", True),
        ("2025-12-31T16:00:00+00:00", True),  # midnight in Shanghai
        ("2025-12-31T15:59:59+00:00", False),
        ("2026-03-31T23:59:59", True),
        ("2026-04-01T00:00:00", False),  # the first day that no longer counts
    ],
)
def test_paid_falls_in_the_agreement_by_days_of_shanghai(at, is_in):
    of = agreement(FEE, effective_to="2026-04-01")

    if is_in:
        assert entries(of, paid(100, at))
    else:
        assert refusal(paid(100, at), of=of)[0].startswith("occurred_at: paid on ")


def test_replay_with_an_old_agreement_version():
    """Settled and refunded long after the agreement ended: the one in force when paid decides."""
    of = agreement(FEE, effective_to="2026-02-01")
    rows = entries(of, paid(1000, "01-31"), settled(1000, "03-01"), refunded(500, "06-01"))

    assert sums(rows, "party") == {"platform": 25, "merchant": 475}


@pytest.mark.parametrize("gross", [10**15, 10**15 - 1, 333_333_333_333_333])
def test_amounts_to_10_to_the_15_fen_are_exact(gross):
    of = agreement(component("third", 3333, divide={"a": 1, "b": 2}))
    third = (gross * 3333 + 5000) // 10_000
    rows = entries(of, paid(gross), settled(gross), refunded(gross - 1, "02-01"))

    assert sum(split(of, gross)[:2]) == third
    assert sums(rows, "track") == {"settled": 1}
