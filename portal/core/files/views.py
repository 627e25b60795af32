"""Reading a file: streamed after its purpose was asked, never from a public folder."""

from __future__ import annotations

import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.core.files.services import may_know_of, read_file
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
    pieces = read_file(request.actor, file=file)
    answer = StreamingHttpResponse(pieces, content_type=file.content_type)
    is_inline = file.content_type in SAFE_INLINE and "download" not in request.GET
    answer["Content-Disposition"] = _disposition(file, is_inline)
    answer["Content-Length"] = file.size
    return _sealed(answer)


def _disposition(file: StoredFile, is_inline: bool) -> str:
    return content_disposition_header(not is_inline, file.name) or "attachment"


def _sealed(answer: StreamingHttpResponse) -> StreamingHttpResponse:
    """Whatever the bytes are, a browser runs nothing of them and keeps no copy."""
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
