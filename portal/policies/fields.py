"""What an operator writes of a document, as values: the same for admin, seed and demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DraftFields:
    """Texts in both languages: plain paragraphs, `## ` before a heading, `- ` before a point.
    `changes` says in a sentence what is new."""

    text_zh: str
    text_en: str
    changes_zh: str = ""
    changes_en: str = ""


@dataclass(frozen=True, slots=True)
class FeeFields:
    """A rate to announce. An empty source, no category: all of them. Only a relief ends by itself,
    on the day before `ends_on`."""

    fee: str
    rate_bp: int
    starts_on: date
    source: str
    product_source: str = ""
    category_id: int | None = None
    is_relief: bool = False
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class DatedFields:
    """A figure to propose from a day on, in the unit of its kind. An empty product source: all."""

    kind: str
    value: int
    starts_on: date
    source: str
    product_source: str = ""
