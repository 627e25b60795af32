"""What an upload really is, told by its bytes; every refusal says the fix."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.files import documents, pictures
from portal.core.files.names import clean_name
from portal.core.files.purposes import Purpose
from portal.core.verdict import Flaw, Refused, flawless

CHUNK = 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "text/csv": ".csv",
    XLSX: ".xlsx",
    "application/xml": ".xml",
}
PDF_SENTENCES = {
    "encrypted": _("This PDF is locked with a password. Save a copy without one."),
    "script": _("This PDF runs a script. Print it to a new PDF and upload that one."),
    "launch": _("This PDF starts a program. Print it to a new PDF and upload that one."),
    "embedded": _("This PDF has other files inside. Print it to a new PDF and upload that one."),
    "unreadable": _("This PDF cannot be looked into. Print it to a new PDF and upload that one."),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What will be kept: its bytes (rewritten or as they came), type, name, size and hash."""

    content: IO[bytes]
    content_type: str
    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, content: IO[bytes], content_type: str, name: str) -> Checked:
        return cls(content, content_type, name, *_measured(content))


def check_upload(upload: UploadedFile, purpose: Purpose) -> Checked:
    """What to keep of an upload. Refused with a flaw of the field `file`."""
    size = upload.size or 0
    if size == 0:
        raise _flaw(_("This file is empty. Choose another one."))
    if size > purpose.max_bytes:
        raise _flaw(
            _("This file has %(size)s; at most %(most)s are taken. Make it smaller first.")
            % {"size": filesizeformat(size), "most": filesizeformat(purpose.max_bytes)}
        )
    content, content_type = _content_of(_opened(upload), purpose)
    name = clean_name(upload.name or "", SUFFIXES[content_type])
    return Checked.of(content, content_type, name)


def _content_of(source: IO[bytes], purpose: Purpose) -> tuple[IO[bytes], str]:
    head = source.read(documents.SAMPLE)
    source.seek(0)
    if "image" in purpose.kinds and _looks_like_picture(head):
        return _picture(source, purpose)
    if "pdf" in purpose.kinds and head.startswith(b"%PDF-"):
        return _pdf(source)
    if "xlsx" in purpose.kinds and head.startswith(b"PK\x03\x04"):
        if not documents.is_workbook(source):
            raise _flaw(_("This is no Excel workbook without macros. Save it as .xlsx."))
        source.seek(0)
        return source, XLSX
    # Told by its first sign alone: its reader refuses what is unsafe, and no page shows it.
    if "xml" in purpose.kinds and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return source, "application/xml"
    if "csv" in purpose.kinds and documents.is_text_table(head):
        return source, "text/csv"
    raise _flaw(
        _("This kind of file is not taken here. Choose one of: %(hint)s") % {"hint": purpose.hint}
    )


def _looks_like_picture(head: bytes) -> bool:
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or is_webp


def _picture(source: IO[bytes], purpose: Purpose) -> tuple[IO[bytes], str]:
    try:
        data, content_type = pictures.redraw(source, purpose.max_side)
    except pictures.TooManyPixels as error:
        raise _flaw(_("This picture has too many pixels. Make it smaller first.")) from error
    except pictures.Unreadable as error:
        raise _flaw(_("This picture cannot be read. Save it again as JPG or PNG.")) from error
    return io.BytesIO(data), content_type


def _pdf(source: IO[bytes]) -> tuple[IO[bytes], str]:
    data = source.read()
    if not documents.is_pdf(data):
        raise _flaw(_("This PDF is cut off or damaged. Save it again."))
    if found := documents.what_pdf_does(data):
        raise _flaw(PDF_SENTENCES[found])
    return io.BytesIO(data), "application/pdf"


def _opened(upload: UploadedFile) -> IO[bytes]:
    upload.open()
    upload.seek(0)
    # An upload reads like a file, which its stubs do not say.
    source: IO[bytes] = upload.file if hasattr(upload, "file") else upload  # type: ignore[assignment]
    source.seek(0)
    return source


def _measured(content: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return size, digest.hexdigest()


def _flaw(sentence: str | Promise) -> Refused:
    return Refused(flawless([Flaw("file", sentence)]))
