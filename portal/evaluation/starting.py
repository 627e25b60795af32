"""Where a first draft starts: the complete documents, less what nobody observes yet. An indicator
comes in by itself with the part of the site that makes its facts (`coverage.PRODUCERS`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from portal.evaluation.coverage import unmade_of
from portal.evaluation.documents import CODES, MethodFields, complete_method
from portal.evaluation.gathering import parse_gathering


def starting_method(code: str) -> MethodFields:
    """A first draft, for operators to change. Weights of what is left out go to the others."""
    fields = complete_method(code)
    unmade = unmade_of(parse_gathering(fields.gathering))
    return MethodFields(_document(fields, unmade), _gathering(fields, unmade))


def without(fields: MethodFields, code: str) -> MethodFields:
    """The same without one indicator, whose weight goes to the others of its dimension."""
    return replace(
        fields,
        document=_document(fields, {code}),
        gathering=_gathering(fields, {code}),
    )


def left_out(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Indicators of the complete document that this one has not: no part makes them yet."""
    if document["code"] not in CODES:
        return []
    fields = complete_method(document["code"])
    unmade = unmade_of(parse_gathering(fields.gathering))
    weighed = {one["code"] for one in _indicators(document)}
    return [
        one
        for one in _indicators(fields.document)
        if one["code"] in unmade and one["code"] not in weighed
    ]


def _indicators(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for each in document["dimensions"] for one in each["indicators"]]


def _document(fields: MethodFields, unmade: Collection[str]) -> dict[str, Any]:
    document = deepcopy(dict(fields.document))
    for dimension in document["dimensions"]:
        dimension["indicators"] = [
            one for one in dimension["indicators"] if one["code"] not in unmade
        ]
    document["dimensions"] = [one for one in document["dimensions"] if one["indicators"]]
    return document


def _gathering(fields: MethodFields, unmade: Collection[str]) -> dict[str, Any]:
    gathering = deepcopy(dict(fields.gathering))
    for code in unmade:
        del gathering["indicators"][code]
    return gathering
