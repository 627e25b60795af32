"""Reading the keys of one object of a document, each with its place in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Self, TypeVar

from .faults import Fault, gettext_noop

Choice = TypeVar("Choice", bound=StrEnum)
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
    ) -> Self | None:
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

    def whole(
        self,
        key: str,
        *,
        required: bool = False,
        least: int | None = None,
        most: int | None = None,
    ) -> int | None:
        if not self.present(key, required):
            return None
        value = self.values[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.fault(key, "type", gettext_noop("This must be a whole number."))
            return None
        if least is not None and value < least:
            message = gettext_noop("This must be at least %(least)s.")
            self.fault(key, "too_small", message, least=least)
            return None
        if most is not None and value > most:
            message = gettext_noop("This must be at most %(most)s.")
            self.fault(key, "too_large", message, most=most)
            return None
        return value

    def text(self, key: str, *, required: bool = False) -> str | None:
        if not self.present(key, required):
            return None
        value = self.values[key]
        if isinstance(value, str) and is_text(value):
            return value
        self.fault(key, "type", gettext_noop("This must be text."))
        return None

    def name(self, key: str) -> str:
        """A text that must be there and can stand in a file; the empty one where it is not."""
        text = self.text(key, required=True)
        if text is None:
            return ""
        if not is_name(text):
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

    def inside(self, key: str, keys: Iterable[str] | None) -> Self | None:
        if not self.present(key, False):
            return None
        return self.of(self.values[key], self.place(key), keys, self.faults)

    def objects_of(
        self, key: str, keys: Iterable[str], *, required: bool = False
    ) -> Iterator[Self]:
        """The objects of a list; a list that must be there has at least one."""
        if not self.present(key, required):
            return
        value = self.values[key]
        if not isinstance(value, list | tuple) or (required and not value):
            self.fault(key, "type", gettext_noop("This must be a list of objects, at least one."))
            return
        for at, one in enumerate(value):
            fields = self.of(one, f"{self.place(key)}[{at}]", keys, self.faults)
            if fields is not None:
                yield fields


def step(step: str | int) -> str:
    if isinstance(step, str) and PLAIN_KEY.fullmatch(step):
        return f".{step}"
    return f"[{step!r}]"


def is_text(value: str) -> bool:
    """Whether it has no half of a surrogate pair, which no file can hold."""
    return not any("\ud800" <= one <= "\udfff" for one in value)


def is_name(text: str) -> bool:
    return bool(text) and text == text.strip() and text.isprintable()
