"""Writing thousands of rows: PostgreSQL's COPY, several times as fast as INSERT, and an UPDATE from
arrays, some hundred times as fast as a CASE for each row.

What the database guards, it guards here too: constraints, grants, foreign keys. Keys that other
rows need are taken from the sequence first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter
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
    for row, key in zip(rows, keys(type(rows[0]), len(rows)), strict=True):
        row.pk = key


def keys(model: type[models.Model], count: int) -> list[int]:
    """So many new ones."""
    table = model._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table.db_table, table.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def insert(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model, all of them with keys or all without."""
    if not rows:
        return
    fields = [
        field
        for field in rows[0]._meta.concrete_fields
        if not (isinstance(field, models.AutoField) and rows[0].pk is None)
    ]
    values = attrgetter(*(field.attname for field in fields))
    copy_rows(type(rows[0]), [field.name for field in fields], list(map(values, rows)))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def copy_rows(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Iterable[Any]]
) -> None:
    """Write rows that come as the values of these fields."""
    if not rows:
        return
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    encoders = [_encoder(field) for field in fields]
    lines = [
        "\t".join([encode(value) for encode, value in zip(encoders, row, strict=True)])
        for row in rows
    ]
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if len(rows) >= MANY:
            # Guards look rows up by plans of this session. One that was made while a table was
            # tiny reads all of it for each row: 40,000 offers took minutes.
            cursor.execute("DISCARD PLANS")
        with cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
            copy.write("\n".join(lines) + "\n")


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
    return _BY_TYPE[type(value)](value)


def _text(value: str) -> str:
    return value.translate(ESCAPES)


def _moment(value: date) -> str:
    return value.isoformat()


def _bytes(value: bytes) -> str:
    return f"\\\\x{value.hex()}"


def _range(value: DateRange) -> str:
    if value.bounds != "[)":
        raise TypeError("COPY knows ranges of days that are half open")
    return f"[{_end(value.lower)},{_end(value.upper)})"


class _ByType(dict[type, Encode]):
    """Kinds of these types, such as the words of a state, are written as they are."""

    def __missing__(self, kind: type) -> Encode:
        for known, encode in list(self.items()):
            if issubclass(kind, known):
                self[kind] = encode
                return encode
        raise TypeError(f"COPY knows no {kind.__name__}")


_BY_TYPE = _ByType(
    {
        type(None): lambda _none: NULL,
        str: _text,
        bool: str,
        int: str,
        float: str,
        UUID: str,
        datetime: _moment,
        date: _moment,
        bytes: _bytes,
        DateRange: _range,
    }
)


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
