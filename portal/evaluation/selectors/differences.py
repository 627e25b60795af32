"""What one version of a method changed in another, leaf by leaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.evaluation.models import Method
from portal.evaluation.selectors.documents import name_of
from portal.evaluation.units import written

KEYS: dict[str, str | Promise] = {
    "weight": gettext_lazy("weight"),
    "lower": gettext_lazy("lower goalpost"),
    "upper": gettext_lazy("upper goalpost"),
    "inner": gettext_lazy("inner band"),
    "outer": gettext_lazy("outer band"),
    "min_sample": gettext_lazy("least sample"),
    "cap": gettext_lazy("cap"),
    "shrink": gettext_lazy("shrinkage"),
    "transform": gettext_lazy("transform"),
    "direction": gettext_lazy("direction"),
    "unit": gettext_lazy("unit"),
    "applies_to": gettext_lazy("applies to"),
    "noise": gettext_lazy("noise of the value"),
    "name": gettext_lazy("name"),
    "aggregate": gettext_lazy("mean"),
    "min_coverage": gettext_lazy("least coverage"),
    "winsorise": gettext_lazy("outliers held at percentiles"),
    "scale": gettext_lazy("scale"),
    "gates": gettext_lazy("gates"),
    "draws": gettext_lazy("draws"),
    "seed": gettext_lazy("seed"),
}
NESTED = frozenset({"dimensions", "indicators", "version", "code"})


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` or `after` is empty for what is new or gone."""

    subject: str
    key: str
    before: str
    after: str


def differences_between(old: Method, new: Method) -> list[Difference]:
    """Of the documents, in the new one's order, then of how facts are gathered."""
    return [
        *_of_parts(_parts(old.document), _parts(new.document)),
        *_of_gathering(old.gathering, new.gathering),
    ]


def _parts(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The whole, each dimension and each indicator, by what they are called."""
    found: dict[str, Mapping[str, Any]] = {"": document}
    for dimension in document["dimensions"]:
        found[f"dimension {dimension['code']}"] = dimension
        for one in dimension["indicators"]:
            found[f"indicator {one['code']}"] = one | {"dimension": dimension["code"]}
    return found


def _of_parts(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    for part, now in after.items():
        if (was := before.get(part)) is None:
            yield Difference(_subject(part, now), _("new"), "", _weight(now))
            continue
        for key in dict.fromkeys([*was, *now]):
            if key not in NESTED and was.get(key) != now.get(key):
                label = str(KEYS.get(key, key))
                yield Difference(
                    _subject(part, now), label, *map(_said, (was.get(key), now.get(key)))
                )
    for part, was in before.items():
        if part not in after:
            yield Difference(_subject(part, was), _("no longer"), _weight(was), "")


def _of_gathering(old: object, new: object) -> Iterator[Difference]:
    before, after = dict(_leaves(old, "")), dict(_leaves(new, ""))
    subject = _("How facts are gathered")
    for path in dict.fromkeys([*before, *after]):
        if before.get(path) != after.get(path):
            yield Difference(subject, path, *map(_said, (before.get(path), after.get(path))))


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def _subject(part: str, of: Mapping[str, Any]) -> str:
    if not part:
        return _("The whole")
    return f"{of['code']} {name_of(of)}" if part.startswith("indicator") else name_of(of)


def _weight(of: Mapping[str, Any]) -> str:
    return f"{KEYS['weight']} {written(of['weight'])}"


def _said(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | float):
        return written(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_said(inner) for inner in value)
    return str(value)
