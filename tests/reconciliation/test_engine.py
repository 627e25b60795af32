"""Two lists held against each other, and a plain way of saying the same."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from portal.reconciliation.engine import (
    Aspect,
    Claim,
    Movement,
    Told,
    aspects,
    compare,
    match_bank,
    share_bp,
)

DAY = date(2026, 3, 1)
said = st.builds(
    lambda number, order, kind, phase, amount, days: (
        f"E{number}" if number else "",
        f"O{order}",
        "1",
        kind,
        phase if kind == "settled" else 0,
        amount,
        DAY + timedelta(days=days),
    ),
    st.integers(0, 4),
    st.integers(0, 2),
    st.sampled_from(["paid", "settled", "refunded"]),
    st.integers(1, 2),
    st.integers(1, 3),
    st.integers(0, 1),
)


def side(rows: list[tuple]) -> list[Told]:
    return [Told(ref, *row) for ref, row in enumerate(rows)]


sides = st.lists(said, max_size=9).map(side)


def contents(rows: list[Told]) -> Counter:
    return Counter(row[1:] for row in rows)


@given(sides, sides)
def test_every_row_of_both_sides_is_told_once(told, here):
    found = compare(told, here)
    assert contents(told) == contents([one for one, _ in found.pairs] + found.missing)
    assert contents(here) == contents([one for _, one in found.pairs] + found.extra)
    assert len(told) - len(found.missing) == len(here) - len(found.extra) == len(found.pairs)


@given(sides, st.randoms(use_true_random=False))
def test_same_list_in_any_order_has_no_difference(told, random):
    shuffled = random.sample(told, len(told))
    found = compare(told, [one._replace(ref=ref) for ref, one in enumerate(shuffled)])
    unnumbered = [one for one in told if not one.event_id]
    if len({one.event_id for one in told if one.event_id}) == len(told) - len(unnumbered):
        assert (found.missing, found.extra) == ([], [])
        assert not [pair for pair in found.pairs if aspects(pair)]


@given(sides, sides, st.randoms(use_true_random=False))
def test_order_of_the_lists_decides_nothing(told, here, random):
    def outcome(first, second):
        found = compare(first, second)
        kinds = Counter(tuple(aspects(pair)) for pair in found.pairs)
        return kinds, contents(found.missing), contents(found.extra)

    shuffled = random.sample(told, len(told)), random.sample(here, len(here))
    assert outcome(told, here) == outcome(*shuffled)


@given(sides, sides)
def test_pairs_are_those_of_the_plain_way(told, here):
    """Rank by rank, every row against every row."""

    def rank(one: Told, other: Told) -> int:
        if one.event_id and one.event_id == other.event_id:
            return 0
        same = (one.order, one.line) == (other.order, other.line)
        event = same and (one.kind, one.phase) == (other.kind, other.phase)
        amount, day = one.amount == other.amount, one.day == other.day
        ranks = [
            event and amount and day,
            event and amount,
            event and day,
            event,
            same and amount and day,
            same and amount,
        ]
        return ranks.index(True) + 1 if True in ranks else 9

    def place(one: Told) -> tuple:
        return (*one[2:5], one.phase, one.day, one.amount, one.event_id, one.ref)

    left, right, pairs = sorted(told, key=place), sorted(here, key=place), []
    for wanted in range(7):
        for one in list(left):
            other = next((each for each in right if rank(one, each) == wanted), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                pairs.append((one, other))
    found = compare(told, here)
    assert contents(found.missing) == contents(left)
    assert contents(found.extra) == contents(right)
    assert Counter(map(tuple, map(aspects, found.pairs))) == Counter(
        map(tuple, map(aspects, pairs))
    )


def one(ref: int = 0, **changes) -> Told:
    return Told(ref, "E1", "O1", "1", "paid", 0, 100, DAY)._replace(**changes)


def test_pair_says_how_it_differs():
    later = DAY + timedelta(days=1)
    cases = {
        (): {},
        (Aspect.AMOUNT,): {"amount": 99},
        (Aspect.TIMING,): {"day": later},
        (Aspect.STATUS,): {"kind": "refunded"},
        (Aspect.STATUS, Aspect.AMOUNT): {"line": "2", "amount": 1},
    }
    for expected, changes in cases.items():
        [pair] = compare([one()], [one(**changes)]).pairs
        assert tuple(aspects(pair)) == expected


def test_event_here_without_its_number_is_found_by_what_it_says():
    found = compare([one()], [one(event_id="")])
    assert (len(found.pairs), found.missing, found.extra) == (1, [], [])


def test_other_event_of_the_line_is_not_taken_for_it():
    paid, settled = one(), one(1, event_id="E2", kind="settled", phase=1)
    found = compare([paid, settled], [paid])
    assert [each.kind for each in found.missing] == ["settled"]


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_share_is_whole_only_of_all(part, whole):
    share = share_bp(part, whole)
    assert 0 <= share <= 10_000
    assert (share == 10_000) == (part >= whole or whole == 0)


# --- the bank -----------------------------------------------------------------------------------

_ids = count(1)
claim = st.builds(
    lambda number, amount, name, days: Claim(
        f"C{next(_ids)}", DAY + timedelta(days=days), amount, number, name
    ),
    st.sampled_from(["", "B1", "B2", "B3"]),
    st.sampled_from([100, -100, 200]),
    st.sampled_from(["", "谷雨粒", "云帆"]),
    st.integers(0, 4),
)
movement = st.builds(
    lambda number, amount, name, days, memo: Movement(
        next(_ids), DAY + timedelta(days=days), amount, number, name, memo
    ),
    st.sampled_from(["B1", "B2", "B9"]),
    st.sampled_from([100, -100, 200]),
    st.sampled_from(["", "谷雨粒", "云 帆"]),
    st.integers(0, 6),
    st.sampled_from(["", "结算 B3", "B1 B2"]),
)


@given(st.lists(claim, max_size=8), st.lists(movement, max_size=8))
def test_bank_row_is_one_payment_at_most(claims, rows):
    found = match_bank(claims, rows, days=3)
    assert Counter(c.key for c, _r, _h in found.pairs) + Counter(
        c.key for c in found.claims
    ) == Counter(c.key for c in claims)
    assert Counter(r.id for _c, r, _h in found.pairs) + Counter(
        r.id for r in found.rows
    ) == Counter(r.id for r in rows)
    for paid, row, how in found.pairs:
        if how == "name":
            assert paid.amount == row.amount
            assert abs((row.day - paid.day).days) <= 3
        else:
            assert paid.reference in (row.reference, *row.memo.split())
    for left in found.claims:  # what could be paired by its number is
        assert not [
            row
            for row in found.rows
            if left.reference and left.reference in (row.reference, *row.memo.split())
        ]


def test_bank_number_decides_before_the_name():
    named = Movement(1, DAY, 100, "B7", "云帆", "")
    numbered = Movement(2, DAY + timedelta(days=9), 90, "B1", "", "")
    found = match_bank([Claim("a", DAY, 100, "B1", "云帆")], [named, numbered], days=3)
    assert [(row.id, how) for _c, row, how in found.pairs] == [(2, "reference")]
    assert found.rows == [named]


def test_nearest_day_is_taken_and_of_two_as_near_the_later():
    def row(number: int, days: int) -> Movement:
        return Movement(number, DAY + timedelta(days=days), -100, f"B{number}", "云帆", "")

    paid = Claim("a", DAY, -100, "", "云帆")
    assert match_bank([paid], [row(1, -1), row(2, 1), row(3, 2)], days=3).pairs[0][1].id == 2
    assert not match_bank([paid], [row(4, 4)], days=3).pairs
