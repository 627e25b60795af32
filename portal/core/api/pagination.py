from typing import Any

from django.utils.dateparse import parse_datetime
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination

from portal.core.web import whole_number


class KeysetPagination(CursorPagination):
    """Newest first by key; `limit` up to 100 rows a page."""

    ordering = "-pk"
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100

    def decode_cursor(self, request: Any) -> Any:
        """A forged position is no page, not a failure of the database."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position and not whole_number(str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor


class NewestFirst(CursorPagination):
    """Newest first by the moment they were made, for rows whose key has no order."""

    ordering = "-created_at"
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100

    def decode_cursor(self, request: Any) -> Any:
        """A forged position is no page, not a failure of the database."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position and not _is_moment(str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor


def _is_moment(text: str) -> bool:
    try:
        return parse_datetime(text) is not None
    except ValueError:
        return False
