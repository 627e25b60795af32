"""Small methods to score by, and the numbers of one party."""

from __future__ import annotations

from typing import Any

from portal.evaluation.engine import COMPOSITE, Indicators, Method, Scores, evaluate, parse_method

Row = tuple[str, str, float, float | None]


def indicator(code: str = "A", **changes: Any) -> dict[str, Any]:
    """From 0 to 10, higher is better."""
    plain = {"code": code, "direction": "higher", "lower": 0, "upper": 10, "weight": 1}
    return {**plain, **changes}


def band(code: str = "A", **changes: Any) -> dict[str, Any]:
    plain = {"code": code, "direction": "band", "inner": [2, 6], "outer": [0, 14], "weight": 1}
    return {**plain, **changes}


def dimension(code: str = "one", *indicators: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"code": code, "weight": 1, "indicators": list(indicators) or [indicator()], **changes}


def document(*dimensions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Scale 0 to 100, no winsorising, no draws."""
    plain = {"code": "test", "version": "1", "scale": [0, 100]}
    return {**plain, "dimensions": list(dimensions) or [dimension()], **changes}


def method_of(*dimensions: dict[str, Any], **changes: Any) -> Method:
    return parse_method(document(*dimensions, **changes))


def scored(method: Method, *rows: Row | tuple[str, str, float], **more: Any) -> Scores:
    """rows: party, indicator, value and perhaps its sample."""
    filled = [(*row, None) if len(row) == 3 else row for row in rows]
    return evaluate(method, Indicators.of_rows(filled, **more))


def score_of(scores: Scores, party: str, column: str = COMPOSITE) -> float:
    """To nine decimals: binary fractions are not decimal ones."""
    score = scores.score[scores.parties.index(party), scores.columns.index(column)]
    return round(float(score), 9)


def one_score(value: float, **changes: Any) -> float:
    """What the value of a lone party scores by a lone indicator."""
    return score_of(
        scored(method_of(dimension("one", indicator(**changes))), ("p", "A", value)), "p"
    )
