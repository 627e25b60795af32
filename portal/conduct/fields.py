"""What is said of somebody's conduct, as values: the same for page, API, admin and demo."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile

Evidence = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@dataclass(frozen=True, slots=True)
class ReportFields:
    """Which rule (by its code), what happened and when. `place` names a thing of the site where it
    happened (a cooperation) by its kind and key; or it is told in `text`."""

    rule: str
    text: str
    happened_on: date
    place: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ActionFields:
    title: str
    text: str
    due_on: date
