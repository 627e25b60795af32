"""The files an import hands out: the template to start from, and the rows that have faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from portal.core.files import open_bytes
from portal.core.imports.kinds import ImportKind
from portal.core.models import ImportFault, ImportRun
from portal.core.sheets import read_sheet, write_sheet


def write_template(kind: ImportKind, form: str, target: IO[bytes]) -> None:
    """The columns in the language of the page, required ones with a star, and the examples."""
    header = [f"{column.label}{'*' if column.required else ''}" for column in kind.columns]
    rows = [[row.get(column.name, "") for column in kind.columns] for row in kind.examples]
    write_sheet(form, header, rows, target)


def write_faults(run: ImportRun, kind: ImportKind, form: str, target: IO[bytes]) -> None:
    """The rows with faults as they were, and what is wrong with each; upload it again corrected."""
    with open_bytes(run.file) as source:
        lines = read_sheet(source, run.file.content_type)
        header = next(lines).cells
        write_sheet(form, [*header, _("What is wrong")], _faulty(run, kind, header, lines), target)


def _faulty(run: ImportRun, kind: ImportKind, header: list[str], lines: Any) -> Iterator[list[str]]:
    said: dict[int, list[str]] = defaultdict(list)
    for fault in ImportFault.objects.filter(run=run).order_by("line", "pk"):
        said[fault.line].append(f"{label_of(kind, fault.field)}: {fault.sentence}")
    for line in lines:
        if line.number in said:
            cells = [*line.cells, *[""] * (len(header) - len(line.cells))][: len(header)]
            yield [*cells, " / ".join(said[line.number])]


def label_of(kind: ImportKind | None, field: str) -> str:
    column = kind.column(field) if kind else None
    return str(column.label) if column else field
