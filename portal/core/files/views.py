"""Reading a file: streamed after its purpose was asked, never from a public folder."""

from __future__ import annotations

import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core.files.services import may_know_of
from portal.core.files.streaming import stream_file
from portal.core.http import PageRequest
from portal.core.models import StoredFile

SAFE_INLINE = ("image/jpeg", "image/png")  # redrawn by us; everything else is a download


@require_safe
def file_read(request: PageRequest, pk: uuid.UUID) -> HttpResponseBase:
    file = get_object_or_404(StoredFile.objects.alive(), pk=pk)
    if not may_know_of(request.actor, file):
        if not request.actor.is_signed_in:
            return redirect_to_login(request.get_full_path())
        raise Http404
    is_inline = file.content_type in SAFE_INLINE and "download" not in request.GET
    return stream_file(request.actor, file, is_inline=is_inline)
