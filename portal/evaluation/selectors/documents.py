"""A method's document as pages tell it: in words, with every weight's share of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from portal.evaluation.gathering import Gatherer, Gathering, parse_gathering
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Method
from portal.evaluation.states import Fold
from portal.evaluation.units import unit_label, written
from portal.parties.selectors.reference import reference

DIRECTIONS: dict[str, str | Promise] = {
    "higher": gettext_lazy("More is better"),
    "lower": gettext_lazy("Less is better"),
    "band": gettext_lazy("Best inside the band"),
}
MEANS: dict[str, str | Promise] = {
    "arithmetic": gettext_lazy("weighted arithmetic mean"),
    "geometric": gettext_lazy("weighted geometric mean"),
    "power": gettext_lazy("weighted power mean"),
}


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """`weight`: percent of its dimension; `share`: percent of the whole."""

    code: str
    name: str
    unit: str
    direction: str
    goalposts: str
    weight: float
    share: float
    min_sample: str
    treatment: list[str]
    services: list[str]
    source: str


@dataclass(frozen=True, slots=True)
class DimensionLine:
    code: str
    name: str
    weight: float
    mean: str
    indicators: list[IndicatorLine]

    @property
    def parts(self) -> list[tuple[str, float]]:
        """For the drawing of its weights."""
        return [(line.code, line.weight) for line in self.indicators]


@dataclass(frozen=True, slots=True)
class Pages:
    """What the page of a version needs beside the version itself."""

    dimensions: list[DimensionLine]
    mean: str
    is_geometric: bool
    gates: list[tuple[str, str]]
    bands: str

    @property
    def weights(self) -> list[tuple[str, float]]:
        return [(line.name, line.weight) for line in self.dimensions]


def told(method: Method) -> Pages:
    """The document in words, in the language of the request."""
    document = method.document
    services = {row.code: row.name for row in reference().services.values()}
    gathering = parse_gathering(method.gathering)
    sources = {code: _source(one) for code, one in gathering.gatherers.items()}
    whole = sum(one["weight"] for one in document["dimensions"])
    kind = document["aggregate"]["kind"]
    dimensions = [
        _dimension(one, 100 * one["weight"] / whole, services, sources)
        for one in document["dimensions"]
    ]
    names = {line.code: line.name for line in dimensions}
    return Pages(
        dimensions=dimensions,
        mean=str(MEANS[kind]),
        is_geometric=kind == "geometric",
        gates=[(gate_name(one["code"]), _caps(one, names)) for one in document.get("gates") or []],
        bands=_bands(gathering),
    )


def name_of(named: Mapping[str, Any]) -> str:
    """Of a dimension or an indicator, in the language of the request."""
    names = named.get("name") or {}
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return str(names.get(language) or named["code"])


def gate_name(code: str) -> str:
    return _("Confirmed severe violation") if code == "severe" else code


def _bands(gathering: Gathering) -> str:
    """S < ¥10,000,000 · M < ¥100,000,000 · L"""
    steps = gathering.bands.steps if gathering.bands else ()
    ends = [(code, "" if below is None else f" < ¥{written(below)}") for code, below in steps]
    return " · ".join(f"{code}{end}" for code, end in ends)


def _dimension(
    dimension: Mapping[str, Any],
    weight: float,
    services: Mapping[str, str],
    sources: Mapping[str, str],
) -> DimensionLine:
    whole = sum(one["weight"] for one in dimension["indicators"])
    return DimensionLine(
        code=dimension["code"],
        name=name_of(dimension),
        weight=weight,
        mean=str(MEANS[dimension["aggregate"]["kind"]]),
        indicators=[
            _indicator(one, 100 * one["weight"] / whole, weight, services, sources)
            for one in dimension["indicators"]
        ],
    )


def _indicator(
    one: Mapping[str, Any],
    weight: float,
    dimension_weight: float,
    services: Mapping[str, str],
    sources: Mapping[str, str],
) -> IndicatorLine:
    return IndicatorLine(
        code=one["code"],
        name=name_of(one),
        unit=unit_label(one.get("unit") or ""),
        direction=str(DIRECTIONS[one["direction"]]),
        goalposts=_goalposts(one),
        weight=weight,
        share=weight * dimension_weight / 100,
        min_sample=written(one.get("min_sample")),
        treatment=list(_treatment(one)),
        services=[services.get(code, code) for code in one.get("applies_to") or []],
        source=sources.get(one["code"], ""),
    )


def _source(one: Gatherer) -> str:
    """Which facts, how they fold, and of how long."""
    title, fold = MEASURES[one.measure].title, Fold(one.fold).label
    window = one.window
    span = (
        ngettext("last %(n)s month", "last %(n)s months", window.months) % {"n": window.months}
        if window.months
        else ngettext("last %(n)s day", "last %(n)s days", window.days) % {"n": window.days}
    )
    if one.own_from is None:
        return f"{title} · {fold} · {span}"
    own = _("own facts alone from %(n)s on") % {"n": written(one.own_from)}
    return f"{title} · {fold} · {span} · {own}"


def _goalposts(one: Mapping[str, Any]) -> str:
    """From the worst end to the best."""
    unit = one.get("unit") or ""
    if one["direction"] == "band":
        (a, b), (c, d) = one["inner"], one["outer"]
        said = {"a": written(a), "b": written(b), "c": written(c), "d": written(d)}
        return _("full from %(a)s to %(b)s, nothing at %(c)s and %(d)s") % said
    ends = [written(one[end], unit) for end in ("lower", "upper")]
    worst, best = ends if one["direction"] == "higher" else reversed(ends)
    return f"{worst} → {best}"


def _treatment(one: Mapping[str, Any]) -> Iterator[str]:
    if (shrink := one.get("shrink")) is not None:
        prior = shrink["prior"]
        toward = _("the segment's mean") if prior == "segment" else written(prior)
        said = {"strength": written(shrink["strength"]), "toward": toward}
        yield _("drawn toward %(toward)s, strength %(strength)s") % said
    if one.get("cap") is not None:
        yield _("capped at %(cap)s") % {"cap": written(one["cap"], one.get("unit") or "")}
    if (one.get("transform") or "linear") != "linear":
        yield _("on a logarithmic scale")


def _caps(gate: Mapping[str, Any], names: Mapping[str, str]) -> str:
    caps = (
        [_("the whole at most %(n)s") % {"n": written(gate["composite"])}]
        if gate.get("composite") is not None
        else []
    )
    caps += [
        _("%(dimension)s at most %(n)s") % {"dimension": names.get(code, code), "n": written(cap)}
        for code, cap in (gate.get("dimensions") or {}).items()
    ]
    return "; ".join(caps)
