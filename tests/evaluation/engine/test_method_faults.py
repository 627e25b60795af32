"""What a document is refused for: each fault at its place, and all of them at once."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from portal.evaluation.engine import MethodFaults, parse_method

from .methods import band, dimension, document, indicator

PLAIN = document(
    dimension(
        "one",
        indicator("A", shrink={"strength": 5, "prior": "segment"}, noise={"kind": "rate"}),
        band("B"),
    ),
    dimension("two", indicator("C")),
    aggregate={"kind": "geometric"},
    gates=[{"code": "severe", "composite": 40, "dimensions": {"one": 20}}],
)
FIRST = ("dimensions", 0, "indicators", 0)
BAND = ("dimensions", 0, "indicators", 1)
NOTHING = object()  # the key is taken away


def changed(place: tuple[Any, ...], value: Any) -> Any:
    copy = deepcopy(PLAIN)
    inside: Any = copy
    for step in place[:-1]:
        inside = inside[step]
    if value is NOTHING:
        del inside[place[-1]]
    else:
        inside[place[-1]] = value
    return copy


def faults_of(document: object) -> list[tuple[str, str]]:
    with pytest.raises(MethodFaults) as refused:
        parse_method(document)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def test_the_plain_one_is_sound():
    assert parse_method(PLAIN).columns == ("one", "two", "composite")


@pytest.mark.parametrize(
    ("place", "value", "path", "code"),
    [
        (("code",), NOTHING, "$.code", "required"),
        (("code",), 7, "$.code", "type"),
        (("code",), " x", "$.code", "blank"),
        (("version",), "", "$.version", "blank"),
        (("version",), None, "$.version", "required"),
        (("scale",), NOTHING, "$.scale", "required"),
        (("scale",), [1], "$.scale", "type"),
        (("scale",), [1, "100"], "$.scale[1]", "type"),
        (("scale",), [100, 1], "$.scale", "crossing"),
        (("scale",), [-1, 100], "$.aggregate", "negative_scale"),
        (("aggregate",), {"kind": "median"}, "$.aggregate.kind", "choice"),
        (("aggregate",), {}, "$.aggregate.kind", "required"),
        (("aggregate",), {"kind": "power"}, "$.aggregate.exponent", "required"),
        (("aggregate",), {"kind": "arithmetic", "exponent": 1}, "$.aggregate.exponent", "not_here"),
        (("min_coverage",), 1.1, "$.min_coverage", "too_large"),
        (("min_coverage",), True, "$.min_coverage", "type"),
        (("winsorise",), [98, 2], "$.winsorise", "crossing"),
        (("winsorise",), [-1, 98], "$.winsorise[0]", "too_small"),
        (("draws",), -1, "$.draws", "too_small"),
        (("draws",), 10.0, "$.draws", "type"),
        (("draws",), True, "$.draws", "type"),
        (("seed",), "7", "$.seed", "type"),
        (("weights",), 1, "$.weights", "unknown_key"),
        (("odd key",), 1, "$['odd key']", "unknown_key"),
        (("dimensions",), [], "$.dimensions", "type"),
        (("dimensions",), NOTHING, "$.dimensions", "required"),
        (("dimensions", 0), 7, "$.dimensions[0]", "type"),
        (("dimensions", 1, "code"), "one", "$.dimensions[1].code", "duplicate"),
        (("dimensions", 1, "code"), "composite", "$.dimensions[1].code", "reserved"),
        (("dimensions", 1, "indicators"), [], "$.dimensions[1].indicators", "type"),
        (("dimensions", 1, "weight"), -1, "$.dimensions[1].weight", "too_small"),
        (("dimensions", 1, "weight"), NOTHING, "$.dimensions[1].weight", "required"),
        (
            ("dimensions", 1, "indicators", 0, "code"),
            "A",
            "$.dimensions[1].indicators[0].code",
            "duplicate",
        ),
        (
            ("dimensions", 1, "indicators", 0, "weight"),
            0,
            "$.dimensions[1].indicators",
            "zero_weights",
        ),
        ((*FIRST, "weight"), "1", "$.dimensions[0].indicators[0].weight", "type"),
        ((*FIRST, "weight"), False, "$.dimensions[0].indicators[0].weight", "type"),
        ((*FIRST, "weight"), 10**400, "$.dimensions[0].indicators[0].weight", "type"),
        ((*FIRST, "code"), "composite", "$.dimensions[0].indicators[0].code", "reserved"),
        ((*FIRST, "direction"), "up", "$.dimensions[0].indicators[0].direction", "choice"),
        ((*FIRST, "direction"), NOTHING, "$.dimensions[0].indicators[0].direction", "required"),
        ((*FIRST, "transform"), "sqrt", "$.dimensions[0].indicators[0].transform", "choice"),
        ((*FIRST, "transform"), "log", "$.dimensions[0].indicators[0].lower", "goalpost"),
        ((*FIRST, "lower"), NOTHING, "$.dimensions[0].indicators[0].lower", "required"),
        ((*FIRST, "lower"), 10, "$.dimensions[0].indicators[0].lower", "crossing"),
        ((*FIRST, "lower"), float("nan"), "$.dimensions[0].indicators[0].lower", "type"),
        ((*FIRST, "upper"), float("inf"), "$.dimensions[0].indicators[0].upper", "type"),
        ((*FIRST, "inner"), [1, 2], "$.dimensions[0].indicators[0].inner", "not_here"),
        ((*FIRST, "min_sample"), -1, "$.dimensions[0].indicators[0].min_sample", "too_small"),
        ((*FIRST, "cap"), "9", "$.dimensions[0].indicators[0].cap", "type"),
        ((*FIRST, "shrink"), 20, "$.dimensions[0].indicators[0].shrink", "type"),
        (
            (*FIRST, "shrink", "strength"),
            None,
            "$.dimensions[0].indicators[0].shrink.strength",
            "required",
        ),
        (
            (*FIRST, "shrink", "prior"),
            "median",
            "$.dimensions[0].indicators[0].shrink.prior",
            "type",
        ),
        (
            (*FIRST, "shrink", "prior"),
            NOTHING,
            "$.dimensions[0].indicators[0].shrink.prior",
            "required",
        ),
        ((*FIRST, "applies_to"), "live", "$.dimensions[0].indicators[0].applies_to", "type"),
        ((*FIRST, "applies_to"), [1], "$.dimensions[0].indicators[0].applies_to", "type"),
        (
            (*FIRST, "noise"),
            {"kind": "normal"},
            "$.dimensions[0].indicators[0].noise.sd",
            "required",
        ),
        ((*FIRST, "noise", "sd"), 1, "$.dimensions[0].indicators[0].noise.sd", "not_here"),
        ((*FIRST, "name"), {"en": 1}, "$.dimensions[0].indicators[0].name.en", "type"),
        ((*FIRST, "name"), {"fr": "x"}, "$.dimensions[0].indicators[0].name.fr", "unknown_key"),
        ((*BAND, "inner"), NOTHING, "$.dimensions[0].indicators[1].inner", "required"),
        ((*BAND, "outer"), [3, 14], "$.dimensions[0].indicators[1].inner", "crossing"),
        ((*BAND, "inner"), [6, 2], "$.dimensions[0].indicators[1].inner", "crossing"),
        ((*BAND, "transform"), "log", "$.dimensions[0].indicators[1].outer[0]", "goalpost"),
        (("gates", 0, "code"), NOTHING, "$.gates[0].code", "required"),
        (("gates", 0, "composite"), 101, "$.gates[0].composite", "too_large"),
        (
            ("gates", 0, "dimensions"),
            {"three": 20},
            "$.gates[0].dimensions.three",
            "unknown_dimension",
        ),
        (("gates", 0, "dimensions", "one"), -1, "$.gates[0].dimensions.one", "too_small"),
        (("gates", 0, "reason"), "x", "$.gates[0].reason", "unknown_key"),
    ],
)
def test_a_fault_is_found_at_its_place(place, value, path, code):
    assert faults_of(changed(place, value)) == [(path, code)]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("aggregate",), None),
        (("min_coverage",), None),
        (("winsorise",), None),
        (("draws",), None),
        (("seed",), None),
        (("gates",), None),
        (("dimensions", 0, "aggregate"), None),
        ((*FIRST, "name"), {"zh": "甲"}),
        ((*FIRST, "unit"), None),
        ((*FIRST, "transform"), None),
        ((*FIRST, "min_sample"), None),
        ((*FIRST, "cap"), None),
        ((*FIRST, "shrink"), None),
        ((*FIRST, "applies_to"), None),
        ((*FIRST, "noise"), None),
        ((*FIRST, "inner"), None),
        ((*FIRST, "weight"), 0),
        ((*BAND, "inner"), [4, 4]),
        ((*BAND, "lower"), None),
    ],
)
def test_null_and_zero_may_be_where_they_have_a_meaning(place, value):
    parse_method(changed(place, value))


def test_keys_that_are_null_say_the_same_as_keys_left_out():
    full = changed((*FIRST, "cap"), None) | {"winsorise": None, "min_coverage": None}

    assert parse_method(full) == parse_method(PLAIN)


def test_all_faults_at_once():
    wrong = changed((*FIRST, "lower"), 99)
    wrong["dimensions"][1]["weight"] = "much"
    wrong["gates"][0]["code"] = ""
    wrong["colour"] = "red"

    assert set(faults_of(wrong)) == {
        ("$.colour", "unknown_key"),
        ("$.dimensions[0].indicators[0].lower", "crossing"),
        ("$.dimensions[1].weight", "type"),
        ("$.gates[0].code", "blank"),
    }


def test_weights_of_dimensions_that_sum_to_zero():
    wrong = document(dimension("one", indicator(weight="x"), weight=0))

    assert set(faults_of(wrong)) == {
        ("$.dimensions", "zero_weights"),
        ("$.dimensions[0].indicators[0].weight", "type"),
    }


def test_weights_too_large_for_a_sum():
    wrong = document(dimension("one", indicator("A", weight=1e308), indicator("B", weight=1e308)))

    assert faults_of(wrong) == [("$.dimensions[0].indicators", "too_large")]


def test_goalposts_too_far_apart_for_a_difference():
    wrong = document(dimension("one", indicator(lower=-1e308, upper=1e308)))

    assert faults_of(wrong) == [("$.dimensions[0].indicators[0].lower", "crossing")]


@pytest.mark.parametrize("value", [None, [], "text", 7])
def test_what_is_no_object_is_no_method(value):
    assert faults_of(value) == [("$", "type")]


def test_a_fault_is_a_sentence_with_its_figures():
    with pytest.raises(MethodFaults) as refused:
        parse_method(changed((*FIRST, "lower"), 12.5))

    (fault,) = refused.value.faults
    assert fault.message == "%(lower)g must be below %(upper)g."
    assert str(fault) == "$.dimensions[0].indicators[0].lower: 12.5 must be below 10."


def test_the_document_survives_json():
    assert parse_method(json.loads(json.dumps(PLAIN))) == parse_method(PLAIN)
