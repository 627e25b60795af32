"""Lists that sort, filter, page by key, remember a person's columns and export what they show."""

from portal.core.tables.kinds import (
    TableColumn,
    TableFilter,
    TableKind,
    find_table,
    register_table,
)
from portal.core.tables.reading import Table, read_table
from portal.core.tables.services import choose_columns

__all__ = [
    "Table",
    "TableColumn",
    "TableFilter",
    "TableKind",
    "choose_columns",
    "find_table",
    "read_table",
    "register_table",
]
