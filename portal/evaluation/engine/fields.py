"""Reading the keys of one object of a document, each with its place in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from .faults import Fault, gettext_noop
from .method import Bounds

Choice = TypeVar("Choice", bound=StrEnum)
LANGUAGES = ("zh", "en")
PLAIN_KEY = re.compile(r"[A-Za-z_]\w*")


class Fields:
    """The keys of an object at `path`; what is wrong goes to `faults`.

    A key that is left out, null, or wrong reads as None.
    """

    def __init__(self, values: Mapping[str, object], path: str, faults: list[Fault]) -> None:
        self.values, self.path, self.faults = values, path, faults

    @classmethod
    def of(
        cls, value: object, path: str, keys: Iterable[str] | None, faults: list[Fault]
    ) -> Fields | None:
        """keys: all that may be there, None for any."""
        if not isinstance(value, Mapping):
            faults.append(Fault(path, "type", gettext_noop("This must be an object.")))
            return None
        fields = cls(value, path, faults)
        for key in value:
            if keys is not None and key not in keys:
                fields.fault(key, "unknown_key", gettext_noop("There is no such key."))
        return fields

    def place(self, key: str, *steps: str | int) -> str:
        """The JSON path of what is under a key, or further down."""
        return self.path + "".join(map(step, (key, *steps)))

    def fault(
        self,
        key: str,
        code: str,
        message: str,
        *,
        below: tuple[str | int, ...] = (),
        **params: object,
    ) -> None:
        self.faults.append(Fault(self.place(key, *below), code, message, params))

    def has_fault_in_any(self, key: str, count: int, ending: str) -> bool:
        """Whether that key is wrong in any of a list's objects."""
        places = {self.place(key, at, ending) for at in range(count)}
        return any(one.path in places for one in self.faults)

    def get(self, key: str) -> object:
        return self.values.get(key)

    def count(self, key: str) -> int:
        """How many are in a list."""
        value = self.values.get(key)
        return len(value) if isinstance(value, list | tuple) else 0

    def present(self, key: str, required: bool) -> bool:
        if self.values.get(key) is not None:
            return True
        if required:
            self.fault(key, "required", gettext_noop("This is missing."))
        return False

    def refuse_unless_null(self, key: str, message: str) -> None:
        if self.values.get(key) is not None:
            self.fault(key, "not_here", message)

    # --- single values ---------------------------------------------------------------------------

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

    def whole(self, key: str, *, least: int | None = None, most: int | None = None) -> int | None:
        if not self.present(key, False):
            return None
        value = self.values[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.fault(key, "type", gettext_noop("This must be a whole number."))
            return None
        return value if self._within(key, value, least, most) is not None else None

    def text(self, key: str, *, required: bool = False) -> str | None:
        if not self.present(key, required):
            return None
        value = self.values[key]
        if isinstance(value, str):
            return value
        self.fault(key, "type", gettext_noop("This must be text."))
        return None

    def name(self, key: str) -> str:
        """A text that must be there and can stand in a file; the empty one where it is not."""
        text = self.text(key, required=True)
        if text is None:
            return ""
        if not text or text != text.strip() or not text.isprintable():
            self.fault(key, "blank", gettext_noop("This must be text without blanks at its ends."))
        return text

    def choice(self, key: str, choices: type[Choice], *, required: bool = False) -> Choice | None:
        if not self.present(key, required):
            return None
        value = self.values[key]
        if isinstance(value, str) and value in list(choices):
            return choices(value)
        names = ", ".join(choices)
        self.fault(key, "choice", gettext_noop("This must be one of: %(choices)s."), choices=names)
        return None

    # --- several values --------------------------------------------------------------------------

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

    def keys(self, key: str) -> frozenset[str] | None:
        """A list of texts, at least one."""
        if not self.present(key, False):
            return None
        value = self.values[key]
        if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
            return frozenset(value)
        self.fault(key, "type", gettext_noop("This must be a list of texts, or null for all."))
        return None

    def names(self, key: str) -> dict[str, str]:
        inside = self.inside(key, LANGUAGES)
        if inside is None:
            return {}
        texts = {language: inside.text(language) for language in LANGUAGES}
        return {language: text for language, text in texts.items() if text}

    def inside(self, key: str, keys: Iterable[str] | None) -> Fields | None:
        if not self.present(key, False):
            return None
        return Fields.of(self.values[key], self.place(key), keys, self.faults)

    def objects_of(
        self, key: str, keys: Iterable[str], *, required: bool = False
    ) -> Iterator[Fields]:
        """The objects of a list; a list that must be there has at least one."""
        if not self.present(key, required):
            return
        value = self.values[key]
        if not isinstance(value, list | tuple) or (required and not value):
            self.fault(key, "type", gettext_noop("This must be a list of objects, at least one."))
            return
        for at, one in enumerate(value):
            fields = Fields.of(one, f"{self.place(key)}[{at}]", keys, self.faults)
            if fields is not None:
                yield fields

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


def step(step: str | int) -> str:
    if isinstance(step, str) and PLAIN_KEY.fullmatch(step):
        return f".{step}"
    return f"[{step!r}]"


def finite(value: object) -> float | None:
    """As a float, None for what is no number or none that can be reckoned with."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
