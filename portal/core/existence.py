"""Whether there is anything at all, asked of many queries at once."""

from __future__ import annotations

from collections.abc import Sequence
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
