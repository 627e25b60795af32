"""Whether one party may be asked by another at all, as the parts above know: blocked, or reached
through a broker only. Which of them it was is not told."""

from __future__ import annotations

from collections.abc import Callable

from portal.parties.blocks import are_kept_apart
from portal.parties.models import Party

Check = Callable[[Party, Party], bool]  # the asking one, the asked one: whether it may
_checks: list[Check] = []


def register_reach(check: Check) -> Check:
    _checks.append(check)
    return check


def is_reached(asking: Party, asked: Party) -> bool:
    if are_kept_apart(asking.pk, asked.pk):
        return False
    return all(check(asking, asked) for check in _checks)
