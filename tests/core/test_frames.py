"""A call across the border of two chunks of frames costs no system call."""

from __future__ import annotations

import resource

from portal.core.frames import with_room


def deep(calls: int) -> int:
    return sum(map(across, [calls] * 50)) if calls == 0 else deep(calls - 1)


def across(_calls: int) -> int:
    one = two = three = 1
    return one + two + three


@with_room
def roomy(calls: int) -> int:
    return deep(calls)


def faults(run: object, calls: int) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    assert callable(run)
    run(calls)
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)


def test_calls_with_room_ask_for_memory_once() -> None:
    """Wherever the border of a chunk falls: at the end of each depth fifty calls."""
    faults(roomy, 300)
    assert max(faults(roomy, calls) for calls in range(300)) < 50
