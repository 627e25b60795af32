"""How much of what should be there is there."""

from __future__ import annotations

WHOLE_BP = 10_000


def share_bp(part: int, whole: int) -> int:
    """In basis points, rounded down: 10,000 is all of it, and nothing less. Of nothing, all."""
    if whole <= 0:
        return WHOLE_BP
    return max(0, min(part, whole)) * WHOLE_BP // whole
