"""Reading tables that people made: CSV in UTF-8 (with or without BOM), GBK/GB18030 or UTF-16, with
comma, semicolon or tab; and the first sheet of an XLSX. Every cell comes as text."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.core.sheets.writing import FORMULA, MARK

CHUNK = 1024 * 1024
SEPARATORS = ",;\t"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BROKEN_BOOK = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
)


class Unreadable(Exception):
    """The file is no table; the sentence says where and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the line it begins on, as a spreadsheet or an editor counts."""

    number: int
    cells: list[str]


def read_sheet(source: IO[bytes], content_type: str) -> Iterator[Line]:
    """The rows that hold anything, header first. Raises `Unreadable`, at any row."""
    rows = _csv_rows(source) if content_type == "text/csv" else _xlsx_rows(source)
    for line in rows:
        if any(line.cells):
            yield line


def count_lines(source: IO[bytes]) -> int:
    """About how many rows a CSV has, at most too many; for progress only."""
    count = 1
    while chunk := source.read(CHUNK):
        count += chunk.count(b"\n")
    source.seek(0)
    return count


def _csv_rows(source: IO[bytes]) -> Iterator[Line]:
    encoding = _encoding_of(source)
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    try:
        separator = _separator_of(text)
        reader = csv.reader(text, delimiter=separator, strict=False)
        begins = 1
        for cells in reader:
            yield Line(begins, [_plain(cell) for cell in cells])
            begins = reader.line_num + 1
    except csv.Error as error:
        where = _("Line %(line)s cannot be read: a cell is too long, or a quote is never closed.")
        raise Unreadable(where % {"line": begins}) from error
    finally:
        if not source.closed:  # its owner may be done with it before this generator is
            text.detach()


def _encoding_of(source: IO[bytes]) -> str:
    head = source.read(4)
    source.seek(0)
    if head.startswith(UTF16):
        if not _decodes(source, "utf-16"):
            raise Unreadable(_("This file is cut off. Save it again as CSV (UTF-8)."))
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(source, encoding):
            return encoding
    raise Unreadable(_("The characters of this file cannot be read. Save it as CSV (UTF-8)."))


def _decodes(source: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := source.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        source.seek(0)
    return True


def _separator_of(text: io.TextIOWrapper) -> str:
    header = text.readline(CHUNK)
    text.seek(0)
    return max(SEPARATORS, key=header.count)


def _xlsx_rows(source: IO[bytes]) -> Iterator[Line]:
    try:
        book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
    except BROKEN_BOOK as error:
        raise _broken_book() from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True) if book.worksheets else iter(())
        for number, cells in enumerate(rows, start=1):
            yield Line(number, [_plain(_text_of(cell)) for cell in cells])
    except BROKEN_BOOK as error:
        raise _broken_book() from error
    finally:
        book.close()


def _broken_book() -> Unreadable:
    return Unreadable(_("This workbook cannot be read. Save it again as .xlsx, or as CSV (UTF-8)."))


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | datetime):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a phone number is a number to a spreadsheet
    return str(value)


def _plain(cell: str) -> str:
    """Without spaces around, and without the mark that writing put before a formula."""
    text = cell.strip()
    return text[1:] if text.startswith(MARK) and text[1:].startswith(FORMULA) else text
