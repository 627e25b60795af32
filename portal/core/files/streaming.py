"""A private file as an answer: in pieces, and whatever the bytes are, a browser runs nothing of
them and keeps no copy."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from portal.core.actor import Actor
from portal.core.files.services import read_file
from portal.core.models import StoredFile


def stream_file(
    actor: Actor, file: StoredFile, *, is_inline: bool = False
) -> StreamingHttpResponse:
    """Refused (403) where its purpose says so."""
    pieces = read_file(actor, file=file)
    answer = StreamingHttpResponse(pieces, content_type=file.content_type)
    kind = content_disposition_header(not is_inline, file.name) or "attachment"
    answer["Content-Disposition"] = kind
    answer["Content-Length"] = file.size
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
