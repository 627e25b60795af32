"""What can be exported. Each app registers its kinds in its `exports.py`.

    register_export(ExportKind(
        name="directory.providers", title=_("Providers"), columns=[_("Name"), _("City")],
        may=can_export_directory, rows=provider_rows, daily_rows=2_000,
    ))

`rows(actor, params)` yields one sequence of plain values a row, in the order of `columns`; it runs
in a job, as the person who asked, with the role they have then. `params` are plain JSON values
that `clean` has looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from portal.core.actor import Actor
from portal.core.verdict import Verdict

Params = Mapping[str, Any]


def as_given(params: Params) -> Params:
    return params


@dataclass(frozen=True, slots=True)
class ExportKind:
    """`columns` may depend on what was asked: then it is a function of `params`. With a `suffix`
    the file is a text in a form of its own, and each row is one line of it."""

    name: str
    title: str | Promise
    columns: Sequence[str | Promise] | Callable[[Params], Sequence[str | Promise]]
    rows: Callable[[Actor, Params], Iterable[Sequence[Any]]]
    may: Callable[[Actor], Verdict]
    daily_rows: int = 10_000  # a person's
    party_daily_rows: int = 0  # all its people's together; 0: the same as a person's
    clean: Callable[[Params], Params] = as_given
    total: Callable[[Actor, Params], int] | None = None  # for progress only
    suffix: str = ""

    def header(self, params: Params) -> list[str]:
        columns = self.columns(params) if callable(self.columns) else self.columns
        return [str(label) for label in columns]


_kinds: dict[str, ExportKind] = {}


def register_export(kind: ExportKind) -> ExportKind:
    _kinds[kind.name] = kind
    return kind


def find_export(name: str) -> ExportKind | None:
    return _kinds.get(name)
