"""One place where API errors get their shape: `{"detail": sentence}`."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from portal.core.verdict import Refused, Verdict


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, Refused):
        return Response(_problem(error.verdict), status=error.verdict.status)
    if isinstance(error, Http404):  # Django's own sentence names the model
        error = NotFound(_("Not there, or not for you."))
    return drf_exception_handler(error, context)


def _problem(verdict: Verdict) -> dict[str, Any]:
    """The sentence, and what is wrong with each field where fields are to blame."""
    problem: dict[str, Any] = {"detail": str(verdict.reason)}
    if verdict.flaws:
        problem["flaws"] = {flaw.field: [str(flaw.sentence)] for flaw in verdict.flaws}
    return problem
