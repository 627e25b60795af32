"""Questions that Django's own lookups ask more slowly."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Lookup


@CharField.register_lookup
class Within(Lookup):
    """As `in`, with one array in place of a parameter a value: three hundred words compile as fast
    as three. Takes a set."""

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*values, sorted(self.rhs))
