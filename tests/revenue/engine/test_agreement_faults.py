"""Documents that are no agreement: everything wrong with them, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from portal.revenue.engine import AgreementFaults, parse_agreement

from .orders import BANDS, component, document

A = component("a", 100)


def faults(found: object) -> list[str]:
    with pytest.raises(AgreementFaults) as error:
        parse_agreement(found)
    return [f"{one.path} {one.code}" for one in error.value.faults]


def of_period(**keys: Any) -> dict[str, Any]:
    part = {"code": "p", "party": "provider", "of": "net_gmv", **keys}
    return document(A, period_components=[part])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], ["$ type"]),
        (document(A, versoin=2), ["$.versoin unknown_key"]),
        (document(component("a", 100, capfen=1)), ["$.components[0].capfen unknown_key"]),
        (document(A, version="1"), ["$.version type"]),
        (document(A, version=True), ["$.version type"]),
        (document(A, effective_from="1.1.2026"), ["$.effective_from type"]),
        (document(A, effective_from="2026-02-30"), ["$.effective_from type"]),
        (document(A, effective_from=None), ["$.effective_from required"]),
        (document(A, effective_to="2026-01-01"), ["$.effective_to crossing"]),
        (document(A, residual=""), ["$.residual blank"]),
        (document(A, residual=None), ["$.residual required"]),
        (document(A, components={}), ["$.components type"]),
        (document(A, component("a", 1)), ["$.components[1].code duplicate"]),
        (document(component("residual", 1)), ["$.components[0].code reserved"]),
        (
            document(component("b", 1, components=[component("b", 1)])),
            ["$.components[0].components[0].code duplicate"],
        ),
        (document(component("a", 10_001)), ["$.components[0].rate_bp too_large"]),
        (document(component("a", -1)), ["$.components[0].rate_bp too_small"]),
        (document(component("a", 5.5)), ["$.components[0].rate_bp type"]),
        (document(component("a", 100, fixed_fen=1)), ["$.components[0].fixed_fen one_of"]),
        (document(component("a")), ["$.components[0].rate_bp required"]),
        (document(component("a", 1, cap_fen=-1)), ["$.components[0].cap_fen too_small"]),
        (document({"code": "a", "rate_bp": 1}), ["$.components[0].party required"]),
        (document({**A, "divide": {"b": 1}}), ["$.components[0].divide one_of"]),
        (document(component("a", 1, divide={})), ["$.components[0].divide zero_weights"]),
        (document(component("a", 1, divide={"b": 0})), ["$.components[0].divide zero_weights"]),
        (document(component("a", 1, divide={"b": -1})), ["$.components[0].divide.b too_small"]),
        (document(component("a", 1, divide={"b": 0.5})), ["$.components[0].divide.b type"]),
        (document(component("a", 5000), component("b", 5001)), ["$.components above_whole"]),
        (
            document(component("a", 1, components=[component("b", 9000), component("c", 1001)])),
            ["$.components[0].components above_whole"],
        ),
        (of_period(), ["$.period_components[0].ladder required"]),
        (of_period(rate_bp=1, fixed_fen=1), ["$.period_components[0].fixed_fen one_of"]),
        (of_period(rate_bp=1, payer="provider"), ["$.period_components[0].payer same_party"]),
        (of_period(rate_bp=1, party="merchant"), ["$.period_components[0].payer same_party"]),
        (of_period(rate_bp=1, of="gmv"), ["$.period_components[0].of choice"]),
        (of_period(rate_bp=1, code="a"), ["$.period_components[0].code duplicate"]),
        (of_period(rate_bp=1, less=["b"]), ["$.period_components[0].less[0] unknown_code"]),
        (of_period(rate_bp=1, less=["p"]), ["$.period_components[0].less[0] unknown_code"]),
        (of_period(rate_bp=1, less=["a", "a"]), ["$.period_components[0].less[1] duplicate"]),
        (of_period(rate_bp=1, less="a"), ["$.period_components[0].less type"]),
        (
            of_period(rate_bp=1, guarantee={"fen": 1}),
            ["$.period_components[0].guarantee.mode required"],
        ),
        (
            of_period(ladder={"mode": "steps", "bands": BANDS}),
            ["$.period_components[0].ladder.mode choice"],
        ),
        (
            of_period(ladder={"mode": "marginal", "bands": []}),
            ["$.period_components[0].ladder.bands type"],
        ),
        (
            of_period(ladder={"mode": "marginal", "bands": BANDS[:1]}),
            ["$.period_components[0].ladder.bands[0].up_to_fen not_here"],
        ),
        (
            of_period(ladder={"mode": "marginal", "bands": [BANDS[1], BANDS[1]]}),
            ["$.period_components[0].ladder.bands[0].up_to_fen required"],
        ),
        (
            of_period(ladder={"mode": "marginal", "bands": [BANDS[0], BANDS[0], BANDS[1]]}),
            ["$.period_components[0].ladder.bands[1].up_to_fen crossing"],
        ),
    ],
)
def test_faults(found, expected):
    assert faults(found) == expected


def test_all_faults_at_once():
    found = document(component("a", 20_000, cap_fen="x"), component("a", 1, party=7), version=None)

    assert sorted(faults(found)) == [
        "$.components[0].cap_fen type",
        "$.components[0].rate_bp too_large",
        "$.components[1].code duplicate",
        "$.components[1].party type",
        "$.version required",
    ]


def test_components_deeper_than_anybody_needs():
    deep = component("c0", 1)
    for at in range(1, 40):
        deep = component(f"c{at}", 1, components=[deep])

    assert [one.split()[1] for one in faults(document(deep))] == ["too_deep"]


def test_what_may_be_left_out_or_null():
    read = parse_agreement(
        document(component("a", 100, cap_fen=None, components=None), effective_to=None)
    )

    assert read.components[0].cap_fen is None
    assert read.period_components == ()


def test_rates_may_fill_the_whole():
    assert parse_agreement(document(component("a", 5000), component("b", 5000)))
