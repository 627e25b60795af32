"""Exports: background files for their owner only, gone after a day, within a daily quota."""

from portal.core.exports.kinds import ExportKind, Params, find_export, register_export
from portal.core.exports.quota import rows_left
from portal.core.exports.services import can_start_export, prune_exports, start_export

__all__ = [
    "ExportKind",
    "Params",
    "can_start_export",
    "find_export",
    "prune_exports",
    "register_export",
    "rows_left",
    "start_export",
]
