"""What can be imported. Each app registers its kinds in its `imports.py`.

    register_import(ImportKind(
        name="activity.days", title=_("Daily figures"), columns=[Column("day", _("Day"), …), …],
        may=can_import_days, check=flaws_of_days, apply=add_days, key=("account", "day"),
    ))

`check` and `apply` get a batch at a time. `check` writes nothing. `apply` runs in the transaction
that also remembers how far the file was applied, so each row is applied exactly once, whatever
dies in between. Both speak as the person who uploaded the file, with the role they have then.
Where looking is as dear as writing, a kind names what its `apply` raises instead (`refusal`): then
rows are looked at again only in a batch that was refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from portal.core.actor import Actor
from portal.core.imports.files import PURPOSE
from portal.core.imports.parsers import Parse, text
from portal.core.verdict import Flaw, Verdict

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its line, and the clean value of each column (None = left empty)."""

    line: int
    values: Values


Check = Callable[[Actor, Sequence[Row]], Iterable[tuple[int, Flaw]]]
Apply = Callable[[Actor, Sequence[Values]], int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the header is its label in either language, or its name."""

    name: str
    label: str | Promise
    required: bool = False
    help: str | Promise = ""
    parse: Parse = field(default_factory=text)


@dataclass(frozen=True, slots=True)
class ImportKind:
    """`key`: the columns that stand once in a file. `examples`: rows of the template, by column."""

    name: str
    title: str | Promise
    columns: Sequence[Column]
    may: Callable[[Actor], Verdict]
    apply: Apply
    check: Check = lambda actor, rows: ()
    key: tuple[str, ...] = ()
    examples: Sequence[Mapping[str, Any]] = ()
    about: str | Promise = ""
    purpose: str = PURPOSE
    most_rows: int = 200_000
    at_once: int = 500  # rows of a batch, and of a transaction
    refusal: tuple[type[Exception], ...] = ()
    aliases: Callable[[], Mapping[str, str]] = dict  # folded header → column, as somebody saved it

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def column_of(self, header: str) -> Column | None:
        """The column a header names, in whichever language."""
        wanted = folded(header)
        if (alias := self.aliases().get(wanted)) is not None:
            return self.column(alias)
        return column_in(self.columns, header)


def column_in(columns: Sequence[Column], header: str) -> Column | None:
    """By its name or its label, in whichever language."""
    wanted = folded(header)
    return next((column for column in columns if wanted in _names(column)), None)


def _names(column: Column) -> set[str]:
    names = {folded(column.name)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.add(folded(str(column.label)))
    return names


def folded(header: str) -> str:
    """A header as it is compared: width, case, spaces and a closing star do not matter."""
    plain = unicodedata.normalize("NFKC", header).casefold().rstrip("* ")
    return "".join(plain.split())


_kinds: dict[str, ImportKind] = {}


def register_import(kind: ImportKind) -> ImportKind:
    _kinds[kind.name] = kind
    return kind


def find_kind(name: str) -> ImportKind | None:
    return _kinds.get(name)


def kinds_for(actor: Actor) -> list[ImportKind]:
    """What this person may import."""
    return [kind for kind in _kinds.values() if kind.may(actor)]
