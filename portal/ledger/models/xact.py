"""Transaction ids as a column: which transaction wrote a row, and so which rows are final."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Func

if TYPE_CHECKING:  # Django's class is generic in its stubs only
    IntField = models.Field[int, int]
else:
    IntField = models.Field


class CurrentTransaction(Func):
    template = "pg_current_xact_id()"
    arity = 0


class TransactionIdField(IntField):
    """PostgreSQL's `xid8`; an int in Python. Ids never come round again within one cluster."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or hasattr(value, "resolve_expression") else str(int(value))

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::xid8"
