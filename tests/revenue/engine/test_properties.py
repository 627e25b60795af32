"""What holds for any agreement, any orders and any chain of refunds."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.revenue.engine import (
    Entry,
    Line,
    Track,
    explain,
    parse_agreement,
    post_events,
    preview,
    split,
)

from .chains import amounts, any_input, chains, documents, to_events

Chain = list[dict[str, str]]
Document = dict[str, Any]


def entries_of(document: Document, chain: Chain) -> list[Entry]:
    return list(post_events(parse_agreement(document), to_events(chain)).entries())


@any_input
@given(documents(), amounts)
def test_parts_sum_to_the_whole(document: Document, gross: int) -> None:
    parts = split(parse_agreement(document), gross)

    assert sum(parts) == gross
    assert min(parts) >= 0


@any_input
@given(documents(), amounts)
def test_what_is_explained_is_what_is_split(document: Document, gross: int) -> None:
    agreement = parse_agreement(document)
    found = explain(agreement, gross)

    assert [one.amount for one in found.legs] == split(agreement, gross)
    assert [one.leg for one in found.legs] == list(agreement.legs)
    assert all(str(phrase) for one in found.legs for phrase in one.formula)
    assert sum(amount for _, amount in preview(agreement, gross).parties) == gross


@any_input
@given(documents(), chains())
def test_every_event_moves_exactly_its_amount(document: Document, chain: Chain) -> None:
    for posting in post_events(parse_agreement(document), to_events(chain)).postings:
        moved, gross = sum(posting.amounts), posting.event.gross
        is_taken = posting.event.kind == "refunded" or (
            posting.event.kind == "settled" and posting.track is Track.ESTIMATED
        )
        assert 0 <= (-moved if is_taken else moved) <= gross
        assert posting.event.kind == "refunded" or abs(moved) == gross


@any_input
@given(documents(), chains())
def test_each_refund_takes_its_amount_from_both_tracks(document: Document, chain: Chain) -> None:
    taken: Counter[str] = Counter()
    for posting in post_events(parse_agreement(document), to_events(chain)).postings:
        if posting.event.kind == "refunded":
            taken[posting.event.event_id] -= sum(posting.amounts)

    assert +taken == +Counter(
        {row["event_id"]: int(row["gross_fen"]) for row in chain if row["event"] == "refunded"}
    )


@any_input
@given(documents(), chains(is_all_returned=True))
def test_nobody_is_off_zero_after_a_full_refund(document: Document, chain: Chain) -> None:
    left: Counter[tuple[str, ...]] = Counter()
    for one in entries_of(document, chain):
        if one.event != "period":
            left[one.order, one.component, one.party, one.track] += one.amount_fen

    assert not {key: amount for key, amount in left.items() if amount}


@any_input
@given(documents(), chains())
def test_periods_sum_to_zero(document: Document, chain: Chain) -> None:
    periods: Counter[tuple[str, ...]] = Counter()
    for one in entries_of(document, chain):
        if one.event == "period":
            periods[one.order, one.line, one.component] += one.amount_fen

    assert not any(periods.values())


@any_input
@given(documents(), chains(is_all_returned=True))
def test_a_full_refund_leaves_only_what_no_turnover_owes(document: Document, chain: Chain) -> None:
    """Own rows and corrections together are what a month without turnover would have got."""
    agreement = parse_agreement(document)
    got: Counter[tuple[str, str]] = Counter()
    for one in entries_of(document, chain):
        if one.event == "period" and one.amount_fen > 0:
            got[one.line or one.order, one.component] += 0
        payers = {part.code: part.payer for part in agreement.period_components}
        if one.event == "period" and one.party != payers[one.component]:
            got[one.line or one.order, one.component] += one.amount_fen
    for part in agreement.period_components:
        most = (part.fixed_fen or 0) + (part.guarantee.fen if part.guarantee else 0)
        amounts_of = [amount for (_, code), amount in got.items() if code == part.code]
        assert all(0 <= amount <= most for amount in amounts_of)


@any_input
@given(documents(), chains(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    document: Document, chain: Chain, chance: random.Random
) -> None:
    mixed = chain + chain[::2]
    chance.shuffle(mixed)

    assert entries_of(document, mixed) == entries_of(document, chain)


@any_input
@given(documents(), chains())
def test_each_leg_has_given_back_its_share_within_one_fen(document: Document, chain: Chain) -> None:
    agreement = parse_agreement(document)
    lines: dict[str, Line] = {}
    for event in sorted(to_events(chain), key=lambda event: event.place):
        line = lines.setdefault(event.order, Line(agreement))
        list(line.post(event))
        for _, held in line.phases.values():
            for leg, back in zip(held.legs, held.returned_legs, strict=False):
                share = Fraction(leg * held.returned, held.gross) if held.gross else Fraction(0)
                assert abs(back - share) < 1


@any_input
@given(documents(), chains())
def test_phases_add_up_to_the_split_of_what_settled(document: Document, chain: Chain) -> None:
    agreement = parse_agreement(document)
    lines: dict[str, Line] = {}
    for event in sorted(to_events(chain), key=lambda event: event.place):
        line = lines.setdefault(event.order, Line(agreement))
        list(line.post(event))
        if line.phases:
            columns = zip(*(held.legs for _, held in line.phases.values()), strict=True)
            assert [sum(column) for column in columns] == split(agreement, line.settled)
