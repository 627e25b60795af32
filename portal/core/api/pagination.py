from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """Newest first by key; `limit` up to 100 rows a page."""

    ordering = "-pk"
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100
