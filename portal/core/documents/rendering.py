"""Typst turns a template and data into a PDF or a picture. The same data make the same bytes.

A template lies below `templates/`, reads `sys.inputs.data` and imports `/documents/house.typ`. Data
are values, never markup: nothing a person wrote is run. No font of the system is used; the fonts
are those `make setup` copies out of their package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse

ROOT = settings.BASE_DIR / "templates"


class FontsMissing(RuntimeError):
    """`make setup` has not run: Chinese would come out as boxes."""


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template (its path below `templates/`). Its footer may say `data.digest`: the
    SHA-256 of the data, or of what they were made of where they bring their own."""
    return _made(template, data, format="pdf")


def render_png(template: str, data: Mapping[str, Any], *, ppi: float) -> bytes:
    """The picture of a template of one page, at so many dots an inch."""
    return _made(template, data, format="png", ppi=ppi)


def _made(template: str, data: Mapping[str, Any], **options: Any) -> bytes:
    if not any(settings.FONTS_DIR.rglob("*.ttf")):
        raise FontsMissing(f"no fonts in {settings.FONTS_DIR}: run `make setup`")
    given = json.dumps({"digest": digest_of(data), **data}, ensure_ascii=False)
    made = typst.compile(
        str(ROOT / template),
        root=str(ROOT),
        font_paths=[str(settings.FONTS_DIR)],
        ignore_system_fonts=True,
        sys_inputs={"data": given},
        timestamp=0,  # else the moment of making stands in the file
        **options,
    )
    assert isinstance(made, bytes)  # noqa: S101 - one file, because no output was named
    return made


def digest_of(data: Mapping[str, Any]) -> str:
    """What tells one paper from another: SHA-256 of the data in one fixed form."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def canonical(data: Mapping[str, Any]) -> str:
    """JSON in one fixed form: its keys in order, no space between its parts."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pdf_file(made: bytes, name: str) -> HttpResponse:
    """The PDF as a download of this (ASCII) name."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
