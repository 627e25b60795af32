"""What an operator writes of a document, as values: the same for admin, seed and demo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftFields:
    """Texts in both languages: plain paragraphs, `## ` before a heading, `- ` before a point.
    `changes` says in a sentence what is new."""

    text_zh: str
    text_en: str
    changes_zh: str = ""
    changes_en: str = ""
