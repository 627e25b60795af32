"""Evaluating parties by 26 indicators in five dimensions with 1,000 draws of weights and goalposts.

The floor is one pass of clip, multiply and reduce over the same figures in float32, as often as
there are draws: no scores, no missing figures, no moved goalposts, no means across dimensions and
no percentiles. Noise of values is measured apart, against the same work without it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from functools import partial
from itertools import count
from typing import Any

import django
import numpy as np
from django.core.management import call_command

from portal.evaluation.engine import Indicators, Method, evaluate, gain_of, parse_method
from tests.bench import Row, median_ms

DRAWS, SEGMENTS, PROVIDERS = 1_000, 40, 800
SIZES = (5, 5, 5, 5, 6)  # indicators of the five dimensions
MOST_MEGABYTES = 2_000


def run() -> list[Row]:
    return [
        drawn(10_000),
        drawn(100_000),
        Row(
            work="… peak memory, from a process of its own",
            ours=peak_megabytes(100_000),
            floor=None,
            unit="MB",
            sign="≤",
            limit=MOST_MEGABYTES,
        ),
        noisy(1_000),
        what_if(),
        what_if_page(),
    ]


def drawn(parties: int) -> Row:
    method, data = method_of(), figures_of(parties)
    array = data.values.astype(np.float32)
    ours, floor = median_ms(
        lambda: evaluate(method, data), partial(bare_passes, array, DRAWS), repeats=1
    )
    work = f"evaluate {parties:,} parties × {sum(SIZES)} indicators, {DRAWS:,} draws"
    return Row(work, ours / 1000, floor / 1000, "s", "≤", 4)


def noisy(parties: int) -> Row:
    """Half of the indicators are rates with noise: each has draws of its own for each party."""
    method, data = method_of(), figures_of(parties)
    rates = method_of(noise={"kind": "rate"})
    ours, floor = median_ms(
        lambda: evaluate(rates, data), lambda: evaluate(method, data), repeats=3
    )
    work = f"evaluate {parties:,} parties with noise of 13 rates, against the same without"
    return Row(work, ours / 1000, floor / 1000, "s", "≤", 25)


def what_if() -> Row:
    method, data = method_of(), figures_of(PROVIDERS)
    changed = partial(gain_of, method, data, data.parties[7], "I3", 70.0)
    (ours,) = median_ms(changed, repeats=30)
    return Row(f"what if, one of {PROVIDERS} providers", ours, None, "ms", "≤", 100)


def what_if_page() -> Row:
    """The whole of it, from the address to the page, for somebody who is signed in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    client, values = _rated_provider(), count(40)

    def asked() -> None:
        answer = client.get(f"/evaluation/what-if/?T1={next(values) % 90}&C3=31")
        assert answer.status_code == 200

    (ours,) = median_ms(asked, repeats=30)
    work = f"what-if page of one of {PROVIDERS} providers, signed in, 1,000 draws stored"
    return Row(work, ours, None, "ms", "≤", 100)


def _rated_provider() -> Any:
    """Of the guide's size: everybody in one segment."""
    from django.test import Client

    from portal.core.actor import system_actor
    from portal.parties.reference import load_reference
    from portal.parties.states import PartyKind
    from tests import factories
    from tests.evaluation import factories as made

    load_reference(system_actor("command"))
    provider = factories.listed_party(PartyKind.PROVIDER, "云帆电商")
    parties = [provider, *made.group(PROVIDERS - 1)]
    figures = dict(zip(parties, made.peers_values(PROVIDERS), strict=True))
    made.snapshot(made.method(draws=DRAWS), figures)
    client = Client()
    client.force_login(provider.membership_set.get().user)
    return client


def bare_passes(array: np.ndarray, passes: int) -> np.ndarray:
    weights = np.linspace(0.5, 1.5, array.shape[1], dtype=np.float32)
    clipped = np.empty_like(array)
    sums = np.empty(len(array), dtype=np.float32)
    for _ in range(passes):
        np.clip(array, 10, 90, out=clipped)
        np.multiply(clipped, weights, out=clipped)
        np.sum(clipped, axis=1, out=sums)
    return sums


def peak_megabytes(parties: int) -> float:
    """Of evaluating alone, figures included."""
    code = f"from tests.bench.evaluation import evaluate_and_measure as m; print(m({parties}))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def evaluate_and_measure(parties: int) -> float:
    evaluate(method_of(), figures_of(parties))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def method_of(**of_rates: object) -> Method:
    """Every direction and transform; every other indicator is a rate that is shrunk."""
    dimensions, at = [], 0
    for size in SIZES:
        indicators = []
        for _ in range(size):
            one: dict[str, object] = {"code": f"I{at}", "weight": 10 + at % 4 * 5, "min_sample": 3}
            if at % 13 == 4:
                one |= {"direction": "band", "inner": [40, 60], "outer": [10, 90]}
            else:
                one |= {"direction": "lower" if at % 5 == 2 else "higher", "lower": 10, "upper": 90}
            if at % 2:
                one |= {"shrink": {"strength": 20, "prior": "segment"}} | of_rates
            elif at % 6 == 0:
                one |= {"transform": "log"}
            indicators.append(one)
            at += 1
        code = f"D{len(dimensions)}"
        dimensions.append({"code": code, "weight": 20, "indicators": indicators})
    return parse_method(
        {
            "code": "bench",
            "version": "1",
            "scale": [1, 100],
            "aggregate": {"kind": "geometric"},
            "min_coverage": 0.6,
            "winsorise": [2, 98],
            "draws": DRAWS,
            "seed": 7,
            "dimensions": dimensions,
        }
    )


def figures_of(parties: int) -> Indicators:
    """A tenth is missing."""
    random = np.random.default_rng(1)
    method = method_of()
    values = random.normal(50, 25, (parties, len(method.codes))).clip(0.5, 100)
    values[random.random(values.shape) < 0.1] = np.nan
    segments = tuple(f"s{at % SEGMENTS}" for at in range(parties))
    return Indicators(
        parties=tuple(f"{at:06d}" for at in range(parties)),
        segments=segments,
        codes=method.codes,
        values=values,
        samples=random.integers(1, 200, values.shape).astype(np.float64),
        applies=segments,
    )
