"""Writing thousands of rows: PostgreSQL's COPY, several times as fast as INSERT, and an UPDATE from
arrays, some hundred times as fast as a CASE for each row.

What the database guards, it guards here too: constraints, grants, foreign keys. Keys that other
rows need are taken from the sequence first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange

Encode = Callable[[Any], str]
MANY = 1_000  # rows for which plans made for smaller tables are worth making anew
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
NULL = r"\N"


def number(rows: Sequence[models.Model]) -> None:
    """Give each row its key, in order."""
    if not rows:
        return
    table = rows[0]._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table.db_table, table.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def insert(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model, all of them with keys or all without."""
    if not rows:
        return
    fields = [
        field
        for field in rows[0]._meta.concrete_fields
        if not (isinstance(field, models.AutoField) and rows[0].pk is None)
    ]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    encoders = [(field.attname, _encoder(field)) for field in fields]
    lines = ("\t".join(encode(getattr(row, name)) for name, encode in encoders) for row in rows)
    statement = f"COPY {table} ({columns}) FROM STDIN"
    errors = connection.wrap_database_errors
    with connection.cursor() as cursor, errors:
        if len(rows) >= MANY:
            # Guards look rows up by plans of this session. One that was made while a table was
            # tiny reads all of it for each row: 40,000 offers took minutes.
            cursor.execute("DISCARD PLANS")
        with cursor.copy(statement) as copy:
            copy.write("\n".join(lines) + "\n")
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these plain fields of rows of one model that are there, by their key."""
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields: list[Any] = [meta.get_field(name) for name in names]
    columns = [quote(str(field.column)) for field in fields]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in (meta.pk, *fields))
    values = [[getattr(row, field.attname) for row in rows] for field in (meta.pk, *fields)]
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    statement = (
        f"UPDATE {table} SET {', '.join(f'{one} = given.{one}' for one in columns)}"  # noqa: S608 - quoted
        f" FROM unnest({arrays}) AS given({', '.join([key, *columns])})"
        f" WHERE {table}.{key} = given.{key}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _encoder(field: models.Field[Any, Any]) -> Encode:
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, cls=field.encoder).translate(ESCAPES)
    if isinstance(field, ArrayField):
        return _array
    return _plain


def _plain(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, str):
        return str(value).translate(ESCAPES)
    if isinstance(value, bool | int | float | UUID):
        return str(value)
    if isinstance(value, date):  # or a moment
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, DateRange) and value.bounds == "[)":
        return f"[{_end(value.lower)},{_end(value.upper)})"
    raise TypeError(f"COPY knows no {type(value).__name__}")


def _end(day: date | None) -> str:
    """An end of a range; an open one is empty."""
    return day.isoformat() if day else ""


def _array(values: Sequence[int | str] | None) -> str:
    """Numbers as they are; texts in quotes, whatever stands in them."""
    if values is None:
        return NULL
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: int | str) -> str:
    if isinstance(value, str):
        quoted = value.replace("\\", r"\\").replace('"', r"\"")
        return f'"{quoted}"'.translate(ESCAPES)
    return str(int(value))
