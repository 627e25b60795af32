"""One place where API errors get their shape: `{"detail": sentence}`."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from portal.core.verdict import Refused


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, Refused):
        return Response({"detail": str(error.verdict.reason)}, status=error.verdict.status)
    return drf_exception_handler(error, context)
