from contextlib import suppress
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CharField, DateField, UUIDField
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

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> Any:
        """Positions are values of its first field, which says what one can look like."""
        ordering = super().get_ordering(request, queryset, view)
        self.by = _field_of(queryset.model._meta, ordering[0].lstrip("-"))
        return ordering

    def decode_cursor(self, request: Any) -> Any:
        """A forged position is no page, not a failure of the database."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position and not _can_be(self.by, str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor


def _field_of(meta: Any, name: str) -> Any:
    try:
        return meta.pk if name == "pk" else meta.get_field(name)
    except FieldDoesNotExist:  # annotated
        return None


def _can_be(field: Any, text: str) -> bool:
    if isinstance(field, UUIDField | DateField):
        with suppress(ValidationError, ValueError):
            return field.to_python(text) is not None
        return False
    if isinstance(field, CharField):
        return "\0" not in text
    return bool(whole_number(text))


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
