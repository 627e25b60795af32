"""What holds for components of both sorts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from portal.core.textfiles.fields import Fields

from .agreement import RESIDUAL
from .faults import gettext_noop

MOST_FEN = 10**18  # of one figure of an agreement
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def code_of(fields: Fields, seen: set[str]) -> str:
    code = fields.name("code")
    if code == RESIDUAL:
        message = gettext_noop("The code “%(value)s” is that of what the others leave.")
        fields.fault("code", "reserved", message, value=code)
    elif code in seen:
        message = gettext_noop("The code “%(value)s” is there twice.")
        fields.fault("code", "duplicate", message, value=code)
    if code:
        seen.add(code)
    return code


def check_one_of(fields: Fields, keys: Sequence[str]) -> None:
    """Exactly one of them may be there."""
    given = [key for key in keys if fields.get(key) is not None]
    names = ", ".join(keys)
    if not given:
        message = gettext_noop("One of these must be there: %(keys)s.")
        fields.fault(keys[0], "required", message, keys=names)
    for key in given[1:]:
        message = gettext_noop("Only one of these may be there: %(keys)s.")
        fields.fault(key, "one_of", message, keys=names)


def day_of_field(fields: Fields, key: str, *, required: bool = False) -> date | None:
    text = fields.text(key, required=required)
    if text is None:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    fields.fault(key, "type", gettext_noop("This must be a day such as 2026-01-31."))
    return None
