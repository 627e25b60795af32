"""The projection, and the rebate as the engine of papers gives it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock
from portal.revenue import engine
from portal.revenue.engine import Month
from portal.tiers.engine import Planned, look_out
from portal.tiers.framework_fields import FrameworkFields
from portal.tiers.framework_terms import terms_of

FEN = st.integers(0, 10**12)
YEAR = [date(2027, number, 1) for number in range(1, 13)]
DAYS = st.integers(0, 364).map(lambda n: date(2027, 1, 1) + timedelta(days=n))


def planned(targets, actuals):
    return [Planned(*row) for row in zip(YEAR, targets, actuals, strict=True)]


@given(st.lists(st.tuples(FEN, FEN), min_size=12, max_size=12), DAYS)
def test_projection_never_takes_away_what_was_reached(pairs, as_of):
    found = look_out(planned(*zip(*pairs, strict=True)), as_of)
    assert found.actual == sum(actual for _target, actual in pairs)
    for one in found.months:
        assert one.projected >= one.actual
    if as_of == YEAR[-1].replace(day=31):
        assert found.projected == found.actual


@given(st.lists(FEN, min_size=12, max_size=12), st.integers(1, 11))
def test_projection_on_plan_comes_to_the_plan(targets, over):
    as_of = YEAR[over] - timedelta(days=1)
    actuals = [target if n < over else 0 for n, target in enumerate(targets)]
    found = look_out(planned(targets, actuals), as_of)
    if any(actuals):
        assert found.pace == 1
        assert found.projected == found.target
    assert not found.is_behind(9_000)


def test_projection_of_half_a_month_at_half_the_pace():
    found = look_out(
        [Planned(date(2027, 4, 1), 30_000, 7_500), Planned(date(2027, 5, 1), 31_000, 0)],
        date(2027, 4, 15),
    )
    assert (found.due, found.pace, found.pace_bp) == (15_000, Fraction(1, 2), 5_000)
    assert [one.projected for one in found.months] == [15_000, 15_500]
    assert found.is_behind(9_000)


def test_projection_before_the_first_day_says_nothing():
    found = look_out(planned([100] * 12, [0] * 12), date(2026, 12, 31))
    assert (found.pace, found.projected) == (None, 0)


TOPS = st.lists(st.integers(1, 10**11), min_size=0, max_size=3, unique=True).map(sorted)


@given(TOPS, st.data(), st.sampled_from(["marginal", "whole_band"]), FEN)
def test_rebate_is_what_the_split_engine_posts_for_the_month(tops, data, mode, net):
    """A month of the paper, through the door that posts: paid, settled, and closed."""
    rates = data.draw(st.lists(st.integers(0, 10_000), min_size=len(tops) + 1, max_size=4))
    bands = list(zip([*tops, None], rates, strict=False))
    fields = FrameworkFields(date(2027, 3, 1), [1], bands, mode)
    terms = terms_of(fields)
    agreement = engine.parse_agreement(
        {
            "version": 1,
            "effective_from": "2027-03-01",
            "effective_to": "2027-04-01",
            "residual": "payer",
            "components": [],
            "period_components": list(terms.period_components),
        }
    )
    [component] = agreement.period_components
    said = engine.period_sum(agreement, component, Month(2027, 3), engine.Turnover(net)).amount
    noon = datetime(2027, 3, 9, 12, tzinfo=clock.SHANGHAI)
    events = [
        engine.Event("o", "1", engine.Kind.PAID, 0, net, noon),
        engine.Event("o", "1", engine.Kind.SETTLED, 1, net, noon + timedelta(days=8)),
    ]
    if net:
        posted = engine.post_events(agreement, events).entries(Month(2027, 3))
        rows = [e.amount_fen for e in posted if e.component == "rebate" and e.party == "payee"]
        assert sum(rows) == said
