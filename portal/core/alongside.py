"""Rows that a statement of one's own writes besides: one round trip while a hot row is locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def written_alongside(rows: Sequence[models.Model]) -> tuple[str, dict[str, Any]]:
    """More parts of a statement that begins with WITH, and the values they name. The database's
    defaults and numbers are its own; what a row refers to may be written by the same statement,
    since foreign keys are asked about at the commit."""
    parts, values = "", {}
    for number, row in enumerate(rows):
        fields = [field for field in row._meta.concrete_fields if not _is_numbered(field)]
        for at, field in enumerate(fields):
            given = field.pre_save(row, add=True)
            values[f"also_{number}_{at}"] = field.get_db_prep_save(given, connection)
        columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        names = ", ".join(f"%(also_{number}_{at})s" for at in range(len(fields)))
        table = connection.ops.quote_name(row._meta.db_table)
        insertion = f"INSERT INTO {table} ({columns}) VALUES ({names})"  # noqa: S608 - quoted
        parts += f", also_{number} AS ({insertion})"
    return parts, values


def _is_numbered(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField)
