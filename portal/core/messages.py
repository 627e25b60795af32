"""Collecting the source strings of code and templates, without system gettext.

Django turns a template into Python-like text (`templatize`), which Babel's Python extractor reads
like the code itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("portal", "matchmaking", "training")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_now": None,  # where `_` is the lazy one
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PO = Path("zh_Hans") / "LC_MESSAGES" / "django.po"


def po_file() -> Path:
    folder: Path = settings.LOCALE_PATHS[0]
    return folder / PO


def source_catalog() -> Catalog:
    """Every source string with the places it stands in."""
    catalog = Catalog(project="Trilink", charset="utf-8")
    for path in sorted(_sources()):
        name = path.relative_to(settings.BASE_DIR).as_posix()
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else _template_code(text, name)
        found = extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS)
        for line, message, _comments, context in found:
            flags = ["python-format"] if "%(" in str(message) else []
            catalog.add(message, locations=[(name, line)], context=context, flags=flags)
    return catalog


def update_catalog() -> Catalog:
    """Bring the Chinese catalogue up to the sources: new strings empty, gone ones dropped."""
    source, target = source_catalog(), po_file()
    if target.exists():
        with target.open("rb") as file:
            known = read_po(file, locale="zh_Hans")
    else:
        known = Catalog(locale="zh_Hans", project="Trilink", charset="utf-8", fuzzy=False)
    made = known.creation_date  # a date that changes by itself would be in every diff
    known.update(source, no_fuzzy_matching=True, update_header_comment=False)
    known.creation_date = made
    known.header_comment = "# Chinese (Simplified) translations of Trilink."
    known.obsolete.clear()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, known, width=100, sort_output=True, include_lineno=False)
    return known


def _template_code(text: str, origin: str) -> str:
    """Without the template's indentation, which Python would take for its own."""
    lines = templatize(text, origin=origin).splitlines()
    return "\n".join(line.lstrip() for line in lines) + "\n"


def _sources() -> Iterator[Path]:
    base: Path = settings.BASE_DIR
    for room in ROOMS:
        for path in (base / room).rglob("*.py"):
            if "migrations" not in path.parts and "stack" not in path.parts:
                yield path
    for suffix in ("*.html", "*.txt"):
        yield from (base / "templates").rglob(suffix)
