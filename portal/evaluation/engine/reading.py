"""From a document to a `Method`, or to everything that is wrong with it.

Keys are read one by one; a key that is wrong leaves a fault and None behind, so the reading goes
on. What depends on several keys is judged where all of them could be read.
"""

from __future__ import annotations

import math

from .faults import Fault, MethodFaults, gettext_noop
from .fields import Fields
from .method import (
    COMPOSITE,
    FLOOR,
    Aggregate,
    Bounds,
    Dimension,
    Direction,
    Gate,
    Indicator,
    Kind,
    Method,
    Noise,
    NoiseKind,
    Shrink,
    Transform,
)

MOST_DRAWS = 1_000_000
SEGMENT = "segment"

METHOD_KEYS = (
    "code",
    "version",
    "scale",
    "aggregate",
    "min_coverage",
    "winsorise",
    "draws",
    "seed",
    "dimensions",
    "gates",
)
DIMENSION_KEYS = ("code", "name", "weight", "aggregate", "indicators")
INDICATOR_KEYS = (
    "code",
    "name",
    "unit",
    "direction",
    "transform",
    "lower",
    "upper",
    "inner",
    "outer",
    "weight",
    "min_sample",
    "cap",
    "shrink",
    "applies_to",
    "noise",
)
GATE_KEYS = ("code", "composite", "dimensions")


def parse_method(document: object) -> Method:
    """Raises MethodFaults with all that is wrong."""
    faults: list[Fault] = []
    fields = Fields.of(document, "$", METHOD_KEYS, faults)
    method = _method(fields) if fields else None
    if faults or method is None:
        raise MethodFaults(faults)
    return method


def _method(fields: Fields) -> Method:
    scale = fields.bounds("scale", required=True)
    seen: dict[str, set[str]] = {"dimension": set(), "indicator": set(), "gate": set()}
    dimensions = tuple(
        _dimension(one, scale, seen)
        for one in fields.objects_of("dimensions", DIMENSION_KEYS, required=True)
    )
    _check_weights(fields, "dimensions", [one.weight for one in dimensions])
    codes = [one.code for one in dimensions]
    # A dimension that could not be read may be the one that a gate names.
    is_known = bool(codes) and all(codes) and len(codes) == fields.count("dimensions")
    return Method(
        code=fields.name("code"),
        version=fields.name("version"),
        scale=scale or (0.0, 1.0),
        aggregate=_aggregate(fields, Kind.GEOMETRIC, scale),
        dimensions=dimensions,
        min_coverage=fields.number("min_coverage", least=0, most=1) or 0.0,
        winsorise=fields.bounds("winsorise", least=0, most=100),
        draws=fields.whole("draws", least=0, most=MOST_DRAWS) or 0,
        seed=fields.whole("seed") or 0,
        gates=tuple(
            _gate(one, scale, codes if is_known else None, seen)
            for one in fields.objects_of("gates", GATE_KEYS)
        ),
    )


def _dimension(fields: Fields, scale: Bounds | None, seen: dict[str, set[str]]) -> Dimension:
    indicators = tuple(
        _indicator(one, seen)
        for one in fields.objects_of("indicators", INDICATOR_KEYS, required=True)
    )
    _check_weights(fields, "indicators", [one.weight for one in indicators])
    return Dimension(
        code=_code(fields, seen["dimension"]),
        weight=fields.number("weight", required=True, least=0) or 0.0,
        aggregate=_aggregate(fields, Kind.ARITHMETIC, scale),
        indicators=indicators,
        name=fields.names("name"),
    )


def _indicator(fields: Fields, seen: dict[str, set[str]]) -> Indicator:
    direction = fields.choice("direction", Direction, required=True)
    transform = fields.choice("transform", Transform) or Transform.LINEAR
    return Indicator(
        code=_code(fields, seen["indicator"]),
        direction=direction or Direction.HIGHER,
        weight=fields.number("weight", required=True, least=0) or 0.0,
        goalposts=_goalposts(fields, direction, transform),
        transform=transform,
        min_sample=fields.number("min_sample", least=0),
        shrink=_shrink(fields),
        cap=fields.number("cap"),
        applies_to=fields.keys("applies_to"),
        noise=_noise(fields),
        name=fields.names("name"),
        unit=fields.text("unit") or "",
    )


def _goalposts(
    fields: Fields, direction: Direction | None, transform: Transform
) -> tuple[float, ...]:
    is_band = direction is Direction.BAND
    is_required = direction is not None and not is_band
    lower = fields.number("lower", required=is_required)
    upper = fields.number("upper", required=is_required)
    if lower is not None and upper is not None:
        fields.check_order("lower", lower, upper)
    for key, post in (("lower", lower), ("upper", upper)):
        _check_reach(fields, key, post, transform)
    if is_band:
        return _band(fields, transform)
    message = gettext_noop("Only the direction “band” has this key.")
    for key in ("inner", "outer") if direction else ():
        fields.refuse_unless_null(key, message)
    return lower or 0.0, upper or 0.0


def _band(fields: Fields, transform: Transform) -> tuple[float, ...]:
    inner = fields.bounds("inner", required=True, may_touch=True)
    outer = fields.bounds("outer", required=True)
    for at, post in enumerate(outer or ()):
        _check_reach(fields, "outer", post, transform, below=(at,))
    if not inner or not outer:
        return ()
    if not outer[0] <= inner[0] <= inner[1] <= outer[1]:
        message = gettext_noop("The inner range must lie within the outer one.")
        fields.fault("inner", "crossing", message)
    return outer[0], *inner, outer[1]


def _check_reach(
    fields: Fields,
    key: str,
    post: float | None,
    transform: Transform,
    below: tuple[int, ...] = (),
) -> None:
    floor = FLOOR[transform]
    if post is not None and post <= floor:
        message = gettext_noop("The transform “%(transform)s” needs goalposts above %(floor)g.")
        fields.fault(key, "goalpost", message, below=below, transform=transform, floor=floor)


def _aggregate(fields: Fields, default: Kind, scale: Bounds | None) -> Aggregate:
    inside = fields.inside("aggregate", ["kind", "exponent"])
    kind, exponent = default, None
    if inside is not None:
        kind = inside.choice("kind", Kind, required=True) or Kind.ARITHMETIC
        exponent = inside.number("exponent", required=kind is Kind.POWER)
    if inside is not None and kind is not Kind.POWER:
        inside.refuse_unless_null("exponent", gettext_noop("Only a power mean has an exponent."))
    if scale and scale[0] < 0 and kind is not Kind.ARITHMETIC:
        message = gettext_noop("Such a mean needs a scale that does not begin below zero.")
        fields.fault("aggregate", "negative_scale", message)
    if exponent == 0:
        return Aggregate(Kind.GEOMETRIC)  # the limit of a power mean, by definition
    return Aggregate(kind, exponent)


def _shrink(fields: Fields) -> Shrink | None:
    inside = fields.inside("shrink", ["strength", "prior"])
    if inside is None:
        return None
    strength = inside.number("strength", required=True, least=0)
    is_segment = inside.get("prior") == SEGMENT
    prior = (
        None
        if is_segment
        else inside.number(
            "prior",
            required=True,
            message=gettext_noop("This must be a number or “segment”."),
        )
    )
    return Shrink(strength or 0.0, prior)


def _noise(fields: Fields) -> Noise | None:
    inside = fields.inside("noise", ["kind", "sd"])
    if inside is None:
        return None
    kind = inside.choice("kind", NoiseKind, required=True)
    sd = inside.number("sd", required=kind is NoiseKind.NORMAL, least=0)
    if kind is NoiseKind.RATE:
        inside.refuse_unless_null("sd", gettext_noop("Only normal noise has a deviation."))
    return Noise(kind or NoiseKind.RATE, sd)


def _gate(
    fields: Fields, scale: Bounds | None, codes: list[str] | None, seen: dict[str, set[str]]
) -> Gate:
    least, most = scale or (None, None)
    caps: dict[str, float] = {}
    for key, cap in fields.open_object("dimensions", least=least, most=most).items():
        if codes is None or key in codes:
            caps[key] = cap
        else:
            message = gettext_noop("The method has no dimension “%(value)s”.")
            fields.fault("dimensions", "unknown_dimension", message, below=(key,), value=key)
    return Gate(
        code=_code(fields, seen["gate"]),
        composite=fields.number("composite", least=least, most=most),
        dimensions=caps,
    )


def _code(fields: Fields, seen: set[str]) -> str:
    code = fields.name("code")
    if code in seen:
        fields.fault(
            "code", "duplicate", gettext_noop("The code “%(value)s” is there twice."), value=code
        )
    if code == COMPOSITE:
        fields.fault(
            "code",
            "reserved",
            gettext_noop("The code “%(value)s” is the whole's own."),
            value=code,
        )
    if code:
        seen.add(code)
    return code


def _check_weights(fields: Fields, key: str, weights: list[float]) -> None:
    """Where every one of them could be read."""
    count = fields.count(key)
    if not count or len(weights) < count or fields.has_fault_in_any(key, count, "weight"):
        return
    if sum(weights) == 0:
        fields.fault(key, "zero_weights", gettext_noop("The weights sum to zero."))
    elif math.isinf(sum(weights)):
        fields.fault(key, "too_large", gettext_noop("The weights are too large to be summed."))
