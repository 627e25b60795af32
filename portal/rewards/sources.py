"""The parts above that own records of steps tell of them here; what stands in tables below is read
by `services.recording`.

    register_steps(finished_courses)   # since → what was done since then, as often as asked
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from portal.rewards.fields import StepSaid

Source = Callable[[datetime], Iterable[StepSaid]]
_sources: list[Source] = []


def register_steps(source: Source) -> Source:
    """`source` may tell the same record again: each counts once, by its event and row."""
    _sources.append(source)
    return source


def told_since(since: datetime) -> Iterator[StepSaid]:
    for source in _sources:
        yield from source(since)
