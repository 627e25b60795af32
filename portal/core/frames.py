"""Room for the interpreter's frames.

CPython keeps the frames of Python calls in chunks of 16 KiB and gives a chunk back as soon as the
last frame leaves it. A page is rendered some forty calls deep, to and fro across such a border:
a list of twenty rows asked the system for 1,900 chunks, a quarter of its time. A frame that is
large itself makes one large chunk, in which everything it calls finds room.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar, cast

SLOTS = 120_000  # of eight bytes; the system gives memory only where one is written
F = TypeVar("F", bound=Callable[..., Any])


def with_room(function: F) -> F:
    """Everything this function calls, however deep, shares one chunk. Decorates a function once at
    the bottom of what runs: an entry to the site, not a leaf."""
    plain = cast("FunctionType", function)
    plain.__code__ = plain.__code__.replace(co_stacksize=SLOTS)
    return function
