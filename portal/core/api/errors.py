"""One place where API errors get their shape: `{"detail": sentence}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from portal.core.api.names import sent_names_of
from portal.core.verdict import Refused, Verdict


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, Refused):
        problem = _problem(error.verdict, sent_names_of(context))
        return Response(problem, status=error.verdict.status)
    if isinstance(error, Http404):  # Django's own sentence names the model
        error = NotFound(_("Not there, or not for you."))
    return drf_exception_handler(error, context)


def _problem(verdict: Verdict, names: Mapping[str, str]) -> dict[str, Any]:
    """The sentence, and what is wrong with each field, as it was sent, where fields are to
    blame."""
    problem: dict[str, Any] = {"detail": str(verdict.reason)}
    if verdict.flaws:
        flaws: dict[str, list[str]] = {}
        for flaw in verdict.flaws:
            flaws.setdefault(names.get(flaw.field, flaw.field), []).append(str(flaw.sentence))
        problem["flaws"] = flaws
    return problem
