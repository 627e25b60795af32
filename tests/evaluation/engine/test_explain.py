"""Opening a number, changing a figure, and what is hashed."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace

import numpy as np
import pytest
from django.core.management import call_command

from portal.evaluation.engine import (
    Indicators,
    evaluate,
    explain,
    gain_of,
    place_of,
    statistics_of,
    what_if,
)
from portal.evaluation.engine.writing import (
    hash_document,
    hash_inputs,
    hash_scores,
    inputs_csv,
    scores_csv,
)

from .methods import band, dimension, document, indicator, method_of

METHOD = method_of(
    dimension(
        "one",
        indicator(
            "A",
            upper=100,
            weight=3,
            min_sample=5,
            cap=90,
            shrink={"strength": 10, "prior": "segment"},
        ),
        indicator("B", transform="log", lower=1, upper=100, weight=1),
        indicator("C", applies_to=["live"], weight=4),
    ),
    dimension("two", band("D"), indicator("E", weight=3), aggregate={"kind": "geometric"}),
    aggregate={"kind": "geometric"},
    winsorise=[0, 100],
    gates=[{"code": "severe", "composite": 60, "dimensions": {"two": 70}}],
)
ROWS = [
    ("p", "A", 80.0, 30.0),
    ("p", "B", 10.0, None),
    ("p", "C", 9.0, 3.0),
    ("p", "D", 1.0, None),
    ("p", "E", 10.0, None),
    ("q", "A", 40.0, 10.0),
    ("q", "E", 9.0, 3.0),
    ("r", "A", 99.0, 2.0),
    ("r", "D", 3.0, None),
]
DATA = Indicators.of_rows(ROWS, gates={"p": ["severe"]}, codes="ABCDE")


def test_each_step_is_told():
    opened = explain(METHOD, DATA, "p")
    one, two = opened.dimensions
    a, b, c = one.indicators

    assert (a.raw, a.sample, a.prior, a.strength) == (80, 30, 70, 10)  # (30 × 80 + 10 × 40) / 40
    assert (a.shrunk, a.capped, a.winsorised) == (77.5, 77.5, 77.5)  # (30 × 80 + 10 × 70) / 40
    assert (a.least, a.most) == (55, 77.5)  # q's: (10 × 40 + 10 × 70) / 20
    assert (a.unit, a.score, a.share) == (0.775, 77.5, 0.75)
    assert b.transformed == pytest.approx(np.log(10))
    assert b.score == pytest.approx(50)
    assert b.prior is b.strength is None
    assert (c.applies, c.raw, c.unit, c.share, c.contribution) == (False, 9, None, 0, None)
    assert (a.contribution, b.contribution) == pytest.approx((58.125, 12.5))
    assert one.score == one.earned == pytest.approx(70.625)
    # D is half way up its band, E at the upper goalpost: 50 ^ ¼ × 100 ^ ¾, then the gate.
    assert two.earned == pytest.approx(50**0.25 * 100**0.75)
    assert (two.score, two.share) == (70, 0.5)
    assert opened.earned == pytest.approx((70.625 * 70) ** 0.5)
    assert (opened.score, opened.coverage, opened.gates) == (60, 1, ("severe",))


def test_what_is_not_there_says_why():
    a, b, c = explain(METHOD, DATA, "r").dimensions[0].indicators

    assert (a.raw, a.sample, a.is_too_small, a.shrunk, a.unit) == (99, 2, True, None, None)
    assert (b.raw, b.applies, b.is_too_small) == (None, True, False)
    assert not c.applies
    assert not c.is_too_small


def test_unknown_party():
    with pytest.raises(KeyError):
        explain(METHOD, DATA, "nobody")
    with pytest.raises(KeyError):
        what_if(METHOD, DATA, "p", {"X": 1})


def test_explaining_with_the_statistics_of_all_is_the_same():
    assert explain(METHOD, DATA, "p", statistics=statistics_of(METHOD, DATA)) == explain(
        METHOD, DATA, "p"
    )


# --- what if --------------------------------------------------------------------------------------


def test_what_if_holds_the_segment():
    changed = what_if(METHOD, DATA, "q", {"A": 60})

    # The prior stays 70, so q's A comes to (10 × 60 + 10 × 70) / 20.
    assert changed.now[0] == pytest.approx(55)
    assert changed.then[0] == pytest.approx(65)
    assert changed.gain == pytest.approx((65 * 90) ** 0.5 - (55 * 90) ** 0.5)
    assert gain_of(METHOD, DATA, "q", "A", 60) == changed.gain


def test_a_figure_that_was_missing_gets_the_least_sample_that_counts():
    changed = what_if(METHOD, DATA, "r", {"A": 40})

    # (5 × 40 + 10 × 70) / 15 = 60
    assert np.isnan(changed.now[0])
    assert changed.then[0] == pytest.approx(60)
    surer = what_if(METHOD, DATA, "r", {"A": 40}, samples={"A": 10})
    assert surer.then[0] == pytest.approx(55)


def test_what_if_changes_nothing():
    before = DATA.values.tobytes(), DATA.samples.tobytes()
    what_if(METHOD, DATA, "p", {"A": 1, "B": 2})

    assert (DATA.values.tobytes(), DATA.samples.tobytes()) == before


def test_place_among_others():
    others = np.array([80, 60, np.nan, 60.0000001])

    assert [place_of(score, others) for score in (90, 80, 70, 60, 10)] == [1, 1, 2, 2, 4]


def test_what_if_is_quick_among_many():
    random = np.random.default_rng(1)
    parties = tuple(f"p{at:03d}" for at in range(800))
    shape = (800, len(METHOD.codes))
    data = Indicators(
        parties,
        ("all",) * 800,
        METHOD.codes,
        random.uniform(1, 90, shape),
        np.full(shape, 20.0),
        ("all",) * 800,
    )
    start = time.process_time()
    gain_of(METHOD, data, "p400", "A", 88)

    assert time.process_time() - start < 0.1


# --- hashes ---------------------------------------------------------------------------------------


def test_the_hash_of_a_result_is_that_of_its_file(tmp_path):
    method = {**document(dimension("one", indicator("A"))), "draws": 30}
    (tmp_path / "method.json").write_text(json.dumps(method))
    data = Indicators.of_rows([("p", "A", 1 / 3, None), ("q", "A", 0.1, 7.0)], segments=SEGMENTS)
    for name, text in inputs_csv(data).items():
        (tmp_path / name).write_text(text)

    paths = {"data": "indicators.csv", "parties": "parties.csv", "gates": "gates.csv"}
    words = [f"--{key}={tmp_path / name}" for key, name in paths.items()]
    call_command(
        "evaluate", f"--method={tmp_path}/method.json", f"--out={tmp_path}/scores.csv", *words
    )

    raw = (tmp_path / "scores.csv").read_bytes()
    ours = evaluate(method_of(dimension("one", indicator("A")), draws=30), data)
    assert hashlib.sha256(raw).hexdigest() == hash_scores(ours)
    inputs = b"".join((tmp_path / name).read_bytes() for name in inputs_csv(data))
    assert hashlib.sha256(inputs).hexdigest() == hash_inputs(data)


SEGMENTS = {"p": "x", "q": "y", "r": "y"}


def test_a_changed_figure_changes_the_hash():
    changes = [
        {"values": np.where(DATA.values == 80, np.nextafter(80, 81), DATA.values)},
        {"samples": np.where(DATA.samples == 30, 31, DATA.samples)},
        {"segments": ("all", "all", "other")},
        {"applies": ("live", "all", "all")},
        {"gates": {}},
        {"parties": ("p", "q", "s")},
    ]
    hashes = {hash_inputs(replace(DATA, **change)) for change in changes} | {hash_inputs(DATA)}

    assert len(hashes) == len(changes) + 1


def test_the_hash_does_not_see_the_order_of_columns():
    turned = Indicators.of_rows(ROWS, gates={"p": ["severe"]}, codes="EDCBA")

    assert hash_inputs(turned) == hash_inputs(DATA)


def test_documents_that_say_the_same_hash_the_same():
    assert hash_document({"a": 1.0, "b": ["云", 2]}) == hash_document({"b": ["云", 2.0], "a": 1})
    assert hash_document({"a": 1}) != hash_document({"a": 1.5})


def test_zero_is_never_minus_zero():
    method = method_of(dimension("one", indicator(lower=-1, upper=1)), scale=[-1, 1],
                       aggregate={"kind": "arithmetic"})  # fmt: skip
    data = Indicators.of_rows([("p", "A", -1e-12, None)])

    assert "-0.000000" not in scores_csv(evaluate(method, data))


# --- what does not fit together -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parties": ("q", "p", "r")}, "parties: not sorted"),
        ({"parties": ("p", "p", "r")}, "parties: not sorted"),
        ({"parties": ("p", "q")}, "values, samples: a row"),
        ({"segments": ("all",)}, "segments, applies: one"),
        ({"codes": tuple("AACDE")}, "codes: one is there twice"),
        ({"values": np.full((3, 5), np.inf)}, "values, samples: finite"),
        ({"samples": np.full((3, 5), -1.0)}, "samples: below zero"),
        ({"gates": {"z": frozenset({"severe"})}}, "gates: a party"),
    ],
)
def test_figures_that_do_not_fit_are_refused(change, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        replace(DATA, **change)


def test_the_same_value_twice_is_refused():
    with pytest.raises(ValueError, match="there twice"):
        Indicators.of_rows([*ROWS, ("p", "A", 1, None)])


def test_columns_a_method_does_not_know_are_left_out():
    more = Indicators.of_rows([*ROWS, ("p", "Z", 5.0, None)], gates={"p": ["severe"]})

    assert np.array_equal(
        evaluate(METHOD, more).score, evaluate(METHOD, DATA).score, equal_nan=True
    )
