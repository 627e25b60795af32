"""Choosing the language of the pages, and with it the language of one's mails."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_page_language

from portal.core.http import PageRequest
from portal.parties import services


@require_POST
def set_language(request: PageRequest) -> HttpResponseBase:
    services.set_language(request.actor, language=request.POST.get("language", ""))
    return set_page_language(request)
