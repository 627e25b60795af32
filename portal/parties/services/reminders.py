"""When parties are told of what ends: papers and proofs alike."""

from __future__ import annotations

from collections.abc import Collection

REMINDERS = (30, 7, 0)  # days before the last one


def reminders_due(left: int, sent: Collection[int]) -> tuple[list[int], bool]:
    """Of something that ends in `left` days: which reminders are to be written down now, and
    whether the nearest of them is new, which is then told. One that a nearer one makes needless is
    written and not told; a day that beat missed is made up for."""
    due = [days for days in REMINDERS if left <= days]
    new = [days for days in due if days not in sent]
    return new, bool(due) and min(due) in new
