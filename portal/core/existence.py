"""What is there at all, asked of many queries at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def have_any(queries: Sequence[QuerySet[Any, Any]]) -> list[bool]:
    """Of each query whether it has a row: one question for all of them. Nothing is ordered, joined
    for its columns or fetched, so that asking costs a fraction of looking."""
    asked = [_exists(query) for query in queries]
    found = iter(_answers([one for one in asked if one is not None]))
    return [one is not None and next(found) for one in asked]


def keys_of_each(queries: Sequence[QuerySet[Any, Any]]) -> list[list[str]]:
    """Of each query, which is of one value and bounded, its values as text: one question for all,
    in no order."""
    found: list[list[str]] = [[] for _query in queries]
    asked = []
    for place, query in enumerate(queries):
        with suppress(EmptyResultSet):
            asked.append((place, *query.query.get_compiler(using=query.db).as_sql()))
    if not asked:
        return found
    words = " UNION ALL ".join(
        f"SELECT {place}, key::text FROM ({sql}) AS q{place} (key)"  # noqa: S608 - Django's own
        for place, sql, _params in asked
    )
    with connection.cursor() as cursor:
        cursor.execute(words, [one for *_sql, params in asked for one in params])
        for place, key in cursor.fetchall():
            found[place].append(key)
    return found


def _exists(query: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]] | None:
    """As SQL with its parameters; None where it is known without asking that there is nothing."""
    try:
        sql, params = query.query.exists().get_compiler(using=query.db).as_sql()
    except EmptyResultSet:
        return None
    return f"EXISTS ({sql})", params


def _answers(asked: Sequence[tuple[str, Sequence[Any]]]) -> Sequence[bool]:
    if not asked:
        return ()
    with connection.cursor() as cursor:
        words = ", ".join(sql for sql, _params in asked)
        cursor.execute(f"SELECT {words}", [one for _sql, params in asked for one in params])
        row: Sequence[bool] = cursor.fetchone()
    return row
