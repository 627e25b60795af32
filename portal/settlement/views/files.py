"""One statement as a paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portal.core.documents import pdf_file
from portal.core.http import PageRequest
from portal.settlement.papers import render_statement
from portal.settlement.views.statements import fetch


@login_required
@require_safe
def statement_paper(request: PageRequest, number: str) -> HttpResponse:
    """Its PDF, in the reader's language."""
    statement = fetch(request, number)
    return pdf_file(render_statement(statement), statement.number)
