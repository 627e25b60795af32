"""Imports: a file is checked without a trace, then its good rows are written, each exactly once."""

from portal.core.imports.at_once import import_at_once
from portal.core.imports.kinds import (
    Column,
    ImportKind,
    Row,
    Values,
    find_kind,
    kinds_for,
    register_import,
)
from portal.core.imports.services import (
    apply_import,
    can_apply_import,
    can_discard_import,
    can_retry_import,
    discard_import,
    prune_imports,
    retry_import,
    start_import,
)

__all__ = [
    "Column",
    "ImportKind",
    "Row",
    "Values",
    "apply_import",
    "can_apply_import",
    "can_discard_import",
    "can_retry_import",
    "discard_import",
    "find_kind",
    "import_at_once",
    "kinds_for",
    "prune_imports",
    "register_import",
    "retry_import",
    "start_import",
]
