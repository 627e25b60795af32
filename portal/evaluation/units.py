"""How numbers of a method are written: the words of a document's `unit`, and goalposts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNITS: dict[str, str | Promise] = {
    "count": "",
    "hours": _("hours"),
    "work_hours": _("work hours"),
    "percent": "%",
    "ln_ratio": _("ln ratio"),
    "points": _("points"),
    "days": _("days"),
    "ratio": "",
    "score": _("points of 100"),
    "stars": _("points of 5"),
    "rate": _("per 100"),
    "violation_points": _("points"),
}


def unit_label(unit: str) -> str:
    """The word itself where a method uses one of its own."""
    return str(UNITS.get(unit, unit))


def written(value: float | None, unit: str = "") -> str:
    """`31.4%`, `5.2 work hours`; up to three digits after the point, a true minus sign."""
    if value is None:
        return "—"
    digits = f"{value:,.3f}".rstrip("0").rstrip(".") if "." in f"{value:,.3f}" else f"{value:,.0f}"
    digits = ("0" if digits in {"-0", ""} else digits).replace("-", "−")
    label = unit_label(unit)
    return f"{digits}{label}" if label in {"", "%"} else f"{digits} {label}"
