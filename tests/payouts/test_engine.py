"""The plan of a party's transfers and the statements they pay, by their laws."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.payouts.engine import Returned, plan, spread

AMOUNTS = st.integers(1, 1_000_000)
RETURNED = st.lists(
    st.builds(Returned, st.uuids().map(str), st.integers(1, 5), AMOUNTS), max_size=5
)


@given(st.integers(-1_000_000, 3_000_000), RETURNED, st.integers(0, 100_000))
def test_plan_never_takes_more_than_is_there(available, returned, minimum):
    found = plan(available, returned, minimum)
    assert found.total + found.rest == max(available, 0)
    assert found.rest < max(minimum, 1)
    keys = [one.key for one in found.transfers if one.key]
    assert len(keys) == len(set(keys))
    assert set(keys) | set(found.given_up) == {one.key for one in returned}
    assert not set(keys) & set(found.given_up)
    known = {one.key: one for one in returned}
    for one in found.transfers:
        if one.key:
            assert (one.amount, one.attempt) == (known[one.key].amount, known[one.key].attempt + 1)
        else:
            assert one.amount >= max(minimum, 1)


@given(st.lists(AMOUNTS, max_size=5), st.lists(AMOUNTS, max_size=8))
def test_oldest_statement_is_paid_first(amounts, owed):
    sources = list(enumerate(owed, 1))
    found = spread(amounts, sources)
    assert sum(share.amount for share in found) == min(sum(amounts), sum(owed))
    paid = {key: 0 for key, _rest in sources}
    for share in found:
        assert share.amount > 0
        paid[share.source] += share.amount
    whole = [paid[key] == rest for key, rest in sources]
    first_open = whole.index(False) if False in whole else len(whole)
    assert all(paid[key] == 0 for key, _rest in sources[first_open + 1 :]), "none is passed over"
    for number, amount in enumerate(amounts):
        assert sum(share.amount for share in found if share.transfer == number) <= amount


def test_small_return_goes_out_again_and_a_small_rest_waits():
    found = plan(150, [Returned("P1", 1, 60)], 100)
    assert [(one.amount, one.key, one.attempt) for one in found.transfers] == [(60, "P1", 2)]
    assert found.rest == 90
