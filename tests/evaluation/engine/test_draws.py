"""How sure a score is: what is drawn, and what the draws do not depend on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from portal.evaluation.engine import Indicators, evaluate, parse_method
from portal.evaluation.engine.draws import shaken
from portal.evaluation.engine.noise import shares
from portal.evaluation.engine.streams import normals, stream, uniforms

from .methods import band, dimension, document, indicator, method_of, scored


def many(parties: int) -> Indicators:
    """Each party's figures depend on itself alone."""
    rows = []
    for at in range(parties):
        own = np.random.default_rng(at)
        party = f"p{at:04d}"
        rows += [(party, code, own.uniform(1, 9), 20.0) for code in "ABC" if own.random() < 0.8]
    return Indicators.of_rows(rows, codes="ABC")


def drawn_method(**changes):
    document_ = document(
        dimension("one", indicator("A", noise={"kind": "rate"}), indicator("B", weight=2)),
        dimension("two", band("C", noise={"kind": "normal", "sd": 0.5})),
        draws=200,
        seed=3,
    )
    return parse_method({**document_, **changes})


def test_philox_is_what_its_authors_published():
    """Random123's known answers of philox4x64-10 for a key and a counter of zeros. NumPy's counter
    is raised before the first block, so it begins at all ones here."""
    bits = np.random.Philox(key=0, counter=2**256 - 1)

    assert [f"{word:016x}" for word in bits.random_raw(4).tolist()] == [
        "16554d9eca36314c",
        "db20fe9d672d0fdc",
        "d7e772cee186176b",
        "7e68b68aec7ba23b",
    ]


def test_streams_stay_what_they_are():
    """A change of these numbers changes every published band."""
    first = uniforms(stream(7, "weight", "indicator", "C1"), 3)
    assert first.tolist() == [0.9295529869580766, 0.15461688972353038, 0.4069741419331917]


def test_uniforms_and_normals_are_such():
    uniform = uniforms(stream(1, "u"), 100_000)
    normal = normals(stream(1, "n"), 100_000)

    assert 0 < uniform.min() < uniform.max() < 1
    assert abs(uniform.mean() - 0.5) < 0.005
    assert abs(normal.mean()) < 0.02
    assert abs(normal.std() - 1) < 0.01
    assert abs((normal < -1.6449).mean() - 0.05) < 0.003


def test_weights_are_drawn_from_three_to_five_quarters():
    method = parse_method(document(dimension("one", indicator(weight=8)), draws=1))

    weights = shaken(method, 50_000).weights[0]

    assert 6 <= weights.min() < 6.01
    assert 9.99 < weights.max() <= 10
    assert abs(weights.mean() - 8) < 0.02


def test_goalposts_move_by_two_percent_of_their_span():
    """A lone indicator in the middle: its unit is (5 − lower) / (upper − lower), each goalpost off
    by a deviation of 0.2, so about half of √2 × 2% around 50."""
    method = parse_method(document(draws=20_000))
    scores = scored(method, ("p", "A", 5))

    half = 1.6449 * 100 * 0.02 / np.sqrt(2)
    assert scores.low[0, -1] == pytest.approx(50 - half, abs=0.1)
    assert scores.high[0, -1] == pytest.approx(50 + half, abs=0.1)


def test_goalposts_move_on_the_transformed_axis():
    """In the middle of a logarithmic axis the band is that of the middle of a linear one."""
    log = parse_method(document(dimension("one", indicator(lower=1, upper=100, transform="log"))))
    linear = parse_method(document(dimension("one", indicator(lower=0, upper=100))))

    bands = [
        scored(replace(method, draws=500), ("p", "A", value))
        for method, value in ((log, 10), (linear, 50))
    ]
    assert bands[0].low == pytest.approx(bands[1].low, abs=1e-4)
    assert bands[0].high == pytest.approx(bands[1].high, abs=1e-4)


@pytest.mark.parametrize("value", [-50, 60])
def test_what_lies_far_outside_the_goalposts_is_certain(value):
    method = method_of(
        dimension("one", indicator("A"), indicator("B", weight=3)),
        dimension("two", indicator("C")),
        draws=300,
    )
    scores = scored(method, *(("p", code, value) for code in "ABC"))

    assert scores.low.tolist() == scores.score.tolist() == scores.high.tolist()


def test_bands_are_the_percentiles_of_the_draws():
    """Two certain indicators, 0 and 100: each draw's score is b / (a + b) of the drawn weights."""
    method = method_of(dimension("one", indicator("A"), indicator("B")), draws=101)
    scores = scored(method, ("p", "A", -50), ("p", "B", 60))

    a, b = shaken(method, 101).weights.astype(np.float64)
    low, high = np.percentile(100 * b / (a + b), [5, 95])
    assert scores.low[0, 0] == pytest.approx(low, abs=1e-4)
    assert scores.high[0, 0] == pytest.approx(high, abs=1e-4)


# --- what they do not depend on ------------------------------------------------------------------


@pytest.mark.parametrize("aggregate", [{"kind": "arithmetic"}, {"kind": "power", "exponent": 2}])
def test_other_parties_and_blocks_move_no_band(monkeypatch, aggregate):
    method = drawn_method(aggregate=aggregate)
    few, all_ = evaluate(method, many(7)), evaluate(method, many(60))
    monkeypatch.setattr("portal.evaluation.engine.bands.BLOCK", 200 * 11)
    monkeypatch.setattr("portal.evaluation.engine.draws.MOST_PATTERNS", 1)
    in_blocks = evaluate(method, many(60))

    for name in ("low", "high"):
        of_few, of_all = getattr(few, name), getattr(all_, name)
        assert np.array_equal(of_few, of_all[:7], equal_nan=True)
        assert np.array_equal(of_all, getattr(in_blocks, name), equal_nan=True)


def test_the_first_draws_are_those_of_a_longer_run():
    method = drawn_method()

    assert np.array_equal(shaken(method, 50).weights, shaken(method, 200).weights[:, :50])
    assert np.array_equal(shaken(method, 50).shifts[2][1], shaken(method, 200).shifts[2][1][:50])


def test_another_seed_draws_another_band():
    first, second = (evaluate(drawn_method(seed=seed), many(5)) for seed in (1, 2))

    assert not np.array_equal(first.low, second.low, equal_nan=True)
    assert np.array_equal(first.score, second.score, equal_nan=True)


def test_the_same_run_is_the_same_to_the_last_bit():
    first, second = (evaluate(drawn_method(), many(30), rank_ranges=True) for _ in range(2))

    for name in ("score", "low", "high", "rank", "rank_best", "rank_worst"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()


def test_no_draws_no_bands():
    scores = evaluate(drawn_method(), many(5), draws=0)

    assert np.isnan(scores.low).all()
    assert np.isnan(scores.high).all()
    with pytest.raises(ValueError, match="draws: below 0"):
        evaluate(drawn_method(), many(5), draws=-1)


# --- noise of values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("successes", "trials"), [(0, 0), (0, 5), (5, 5), (3, 12), (7.5, 20), (400, 1000), (9e6, 1e7)]
)
def test_shares_are_drawn_from_the_beta_distribution(successes, trials):
    """Mean a / (a + b) and variance ab / ((a + b)² (a + b + 1)), and NumPy's own draws."""
    a, b = successes + 0.5, trials - successes + 0.5
    drawn = shares(successes, trials, stream(1, "test"), 40_000)

    deviation = np.sqrt(a * b / (a + b + 1)) / (a + b)
    assert abs(drawn.mean() - a / (a + b)) < 4 * deviation / 200
    assert drawn.std() == pytest.approx(deviation, rel=0.02)
    theirs = np.percentile(np.random.default_rng(1).beta(a, b, 40_000), [2.5, 50, 97.5])
    assert np.percentile(drawn, [2.5, 50, 97.5]) == pytest.approx(theirs, abs=deviation / 8)


def band_width(value: float, sample: float | None, **changes) -> float:
    one = indicator(upper=100, **changes)
    scores = scored(method_of(dimension("one", one), draws=400), ("p", "A", value, sample))
    return float(scores.high[0, 0] - scores.low[0, 0])


def test_a_larger_sample_makes_a_rate_surer():
    widths = [band_width(40, n, noise={"kind": "rate"}) for n in (5, 50, 5000)]
    plain = band_width(40, 5)

    assert widths[0] > widths[1] > widths[2] > plain * 0.9


@pytest.mark.parametrize(("value", "sample"), [(40, None), (120, 30), (-5, 30)])
def test_what_is_no_share_of_a_sample_has_no_noise(value, sample):
    assert band_width(value, sample, noise={"kind": "rate"}) == band_width(value, sample)


def test_normal_noise_adds_its_deviation():
    """Of 5 points and the goalposts' 1.4 around 50: 1.645 × √(5² + 1.41²) to each side."""
    width = band_width(50, None, noise={"kind": "normal", "sd": 5})

    assert width == pytest.approx(2 * 1.645 * np.hypot(5, 100 * 0.02 / np.sqrt(2)), rel=0.15)


def test_noise_takes_the_whole_path():
    """Shrunk to almost nothing, noise is almost nothing too."""
    shrink = {"strength": 100_000, "prior": 50}
    noisy = band_width(40, 10, noise={"kind": "rate"}, shrink=shrink)

    assert noisy == pytest.approx(band_width(40, 10, shrink=shrink), abs=0.05)


# --- gates and ranks ------------------------------------------------------------------------------


def test_gates_cap_the_band_too():
    method = parse_method(document(draws=100, gates=[{"code": "g", "composite": 33.3}]))
    scores = scored(method, ("p", "A", 5), gates={"p": ["g"]})

    assert scores.score[0, -1] == scores.low[0, -1] == scores.high[0, -1] == 33.3


def test_rank_ranges():
    """a is always first. b and c differ by less than their weights move them: each may be second
    or third. d is alone in its segment, e is not rated."""
    method = method_of(
        dimension("one", indicator("A", lower=0, upper=1)),
        dimension("two", indicator("B", lower=0, upper=1)),
        draws=400,
    )
    figures = {"a": (0.9, 0.9), "b": (0.3, 0.6), "c": (0.6, 0.3), "d": (0.1, 0.1)}
    rows = [(party, code, value) for party, both in figures.items()
            for code, value in zip("AB", both, strict=True)]  # fmt: skip
    segments = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "x"}

    data = Indicators.of_rows([(*row, None) for row in rows], segments=segments)
    scores = evaluate(method, data, rank_ranges=True)

    assert scores.rank_best.tolist()[:4] == [1, 2, 2, 1]
    assert scores.rank_worst.tolist()[:4] == [1, 3, 3, 1]
    assert np.isnan([scores.rank_best[4], scores.rank_worst[4]]).all()
