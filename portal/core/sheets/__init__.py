"""Tables as files: CSV and XLSX, read and written row by row, never whole in memory."""

from portal.core.sheets.reading import Line, Unreadable, read_sheet
from portal.core.sheets.writing import TEXT, TYPES, neutral, write_sheet

__all__ = ["TEXT", "TYPES", "Line", "Unreadable", "neutral", "read_sheet", "write_sheet"]
