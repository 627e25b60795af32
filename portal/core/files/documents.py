"""Looking into PDF and table files before they are kept, as far as their bytes tell.

A PDF is served as a download and never shown inside the site; this check keeps out those that
would do something when opened: scripts, programs to launch, other files inside.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

ACTIVE = {
    b"/JavaScript": "script",
    b"/Launch": "launch",
    b"/EmbeddedFile": "embedded",
    b"/RichMedia": "embedded",
    b"/Encrypt": "encrypted",
}
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # /J#61vaScript is /JavaScript
STREAM = re.compile(rb"(?<!end)stream\r?\n")
HEAD = 2000  # bytes before a stream that say what it is
OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")  # how a stream of objects begins
NAME_ENDS = rb"(?![A-Za-z0-9])"
MOST_INFLATED = 64 * 1024 * 1024
MOST_UNZIPPED = 200 * 1024 * 1024
SAMPLE = 64 * 1024


def is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]


def what_pdf_does(data: bytes) -> str:
    """What keeps a PDF out: encrypted, script, launch, embedded, unreadable; or ""."""
    for part in (data, *_packed_objects(data)):
        if part is None:
            return "unreadable"
        names = _plain(part)
        for name, what in ACTIVE.items():
            if re.search(re.escape(name) + rb"s?" + NAME_ENDS, names):
                return what
    return ""


def _plain(names: bytes) -> bytes:
    return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), names)


def _packed_objects(data: bytes) -> Iterator[bytes | None]:
    """The compressed streams that hold objects; None for one that cannot be looked into."""
    left, view = MOST_INFLATED, memoryview(data)
    for match in STREAM.finditer(data):
        start, end = match.end(), data.find(b"endstream", match.end())
        inflated, is_whole = _inflate(view[start : end if end > 0 else len(data)], left)
        left -= len(inflated)
        is_said = b"/ObjStm" in _plain(data[max(start - HEAD, 0) : start])
        if (is_said and not is_whole) or left <= 0:
            yield None
            return
        if is_said or OBJECTS.match(inflated):
            yield inflated


def _inflate(packed: memoryview, most: int) -> tuple[bytes, bool]:
    """What the stream holds, at most `most` bytes, and whether that is all of it."""
    inflater = zlib.decompressobj()
    try:
        found = inflater.decompress(packed, max(most, 1))
    except zlib.error:
        return b"", False
    return found, inflater.eof


def is_workbook(source: IO[bytes]) -> bool:
    """An XLSX without macros, whose parts unpack to something bearable."""
    try:
        with zipfile.ZipFile(source) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            size = sum(part.file_size for part in parts)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    is_book = {"[Content_Types].xml", "xl/workbook.xml"} <= names
    return is_book and size <= MOST_UNZIPPED and "xl/vbaProject.bin" not in names


def is_text_table(sample: bytes) -> bool:
    """Text in UTF-8, GB18030 or UTF-16, and no binary file."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in sample or not sample.strip():
        return False
    return any(_decodes(sample, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether the sample is text; its last character may be cut in half."""
    for cut in range(4):
        try:
            sample[: len(sample) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
