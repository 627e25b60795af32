"""Reading the keys of a method's objects: texts and figures, each with its place."""

from __future__ import annotations

import math

from portal.core.textfiles import fields as plain

from .faults import gettext_noop
from .method import Bounds

LANGUAGES = ("zh", "en")


class Fields(plain.Fields):
    """With figures that need not be whole."""

    def number(
        self,
        key: str,
        *,
        required: bool = False,
        least: float | None = None,
        most: float | None = None,
        message: str = gettext_noop("This must be a number."),
    ) -> float | None:
        if not self.present(key, required):
            return None
        number = finite(self.values[key])
        if number is None:
            self.fault(key, "type", message)
        return self._within(key, number, least, most)

    def bounds(
        self,
        key: str,
        *,
        required: bool = False,
        least: float | None = None,
        most: float | None = None,
        may_touch: bool = False,
    ) -> Bounds | None:
        """Two numbers, the first below the second (or equal, where they may touch)."""
        if not self.present(key, required):
            return None
        value = self.values[key]
        if not isinstance(value, list | tuple) or len(value) != 2:
            self.fault(key, "type", gettext_noop("This must be a list of two numbers."))
            return None
        ends = [self._end(key, at, end, least, most) for at, end in enumerate(value)]
        if ends[0] is None or ends[1] is None:
            return None
        if may_touch and ends[0] == ends[1]:
            return ends[0], ends[1]
        return (ends[0], ends[1]) if self.check_order(key, ends[0], ends[1]) else None

    def _end(
        self, key: str, at: int, value: object, least: float | None, most: float | None
    ) -> float | None:
        number = finite(value)
        if number is None:
            self.fault(key, "type", gettext_noop("This must be a number."), below=(at,))
        return self._within(key, number, least, most, below=(at,))

    def check_order(self, key: str, lower: float, upper: float) -> bool:
        is_sound = lower < upper and math.isfinite(upper - lower)
        if not is_sound:
            self.fault(
                key,
                "crossing",
                gettext_noop("%(lower)g must be below %(upper)g."),
                lower=lower,
                upper=upper,
            )
        return is_sound

    def names(self, key: str) -> dict[str, str]:
        inside = self.inside(key, LANGUAGES)
        if inside is None:
            return {}
        texts = {language: inside.text(language) for language in LANGUAGES}
        return {language: text for language, text in texts.items() if text}

    def keys(self, key: str) -> frozenset[str] | None:
        """A list of texts, at least one."""
        if not self.present(key, False):
            return None
        value = self.values[key]
        if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
            return frozenset(value)
        self.fault(key, "type", gettext_noop("This must be a list of texts, or null for all."))
        return None

    def open_object(self, key: str, *, least: float | None, most: float | None) -> dict[str, float]:
        """An object of numbers under any keys."""
        inside = self.inside(key, None)
        if inside is None:
            return {}
        numbers = {
            one: inside.number(one, required=True, least=least, most=most) for one in inside.values
        }
        return {one: number for one, number in numbers.items() if number is not None}

    def _within(
        self,
        key: str,
        number: float | None,
        least: float | None,
        most: float | None,
        below: tuple[int, ...] = (),
    ) -> float | None:
        if number is None:
            return None
        if least is not None and number < least:
            message = gettext_noop("This must be at least %(least)g.")
            self.fault(key, "too_small", message, below=below, least=least)
            return None
        if most is not None and number > most:
            message = gettext_noop("This must be at most %(most)g.")
            self.fault(key, "too_large", message, below=below, most=most)
            return None
        return number


def finite(value: object) -> float | None:
    """As a float, None for what is no number or none that can be reckoned with."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
